import { type EntryFilters, type HistogramInput, type HistogramOutput, outcome } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { BUCKET_MS, bucketOf, bucketsBetween } from './buckets.ts'
import { countedFilter, entryFilter, narrowed } from './entry-filter.ts'

/** How many buckets are shown where no range is given: a week of hours, three months of days. */
const USUAL = { hour: 168, day: 90 } as const

/** What the sequencer's roll-up, which knows no patient and no request, can't be asked. */
const isBeyondRollUp = (filters: EntryFilters): boolean =>
  [
    filters.patientId,
    filters.resourceType,
    filters.resourceId,
    filters.sessionId,
    filters.requestId,
    filters.ip,
  ].some((value) => value !== undefined)

/**
 * Entries per hour or day and outcome, narrowed as a search of them is. From the sequencer's roll-up where it
 * has what is asked, in whole hours, so that a range within one counts all of it; else from the entries.
 */
export const histogram = async ({
  ctx: { app, user, entry },
  input: { bucket, ...asked },
}: {
  ctx: VerbContext<'audit.searched'>
  input: HistogramInput
}): Promise<HistogramOutput> => {
  const { sql } = app.db
  const { filters } = await narrowed(sql, asked, app.clock())
  // The bucket that is under way belongs to the picture.
  const to = filters.to?.date ?? new Date(bucketOf(bucket, app.clock()) + BUCKET_MS[bucket])
  const from = filters.from?.date ?? new Date(to.getTime() - USUAL[bucket] * BUCKET_MS[bucket])
  const starts = bucketsBetween(bucket, from, to)
  const byStart = new Map(
    starts.map((start) => [
      start,
      { at: new Date(start).toISOString(), success: 0, failure: 0, refused: 0, asked: 0 },
    ]),
  )
  const within = { from: filters.from ?? momentOf(from), to: filters.to ?? momentOf(to) }
  const rows = await sql<{ at: string; outcome: string; count: string }[]>`${
    isBeyondRollUp(filters)
      ? sql`
        select date_trunc(${bucket}, at, 'UTC') as at, outcome, count(*) as count from audit_entries
        where true ${entryFilter(sql, { ...filters, ...within }, user.id)} group by 1, 2`
      : sql`
        select date_trunc(${bucket}, hour, 'UTC') as at, outcome, sum(count) as count from audit_hourly
        where hour >= ${new Date(bucketOf('hour', from)).toISOString()} and hour < ${to.toISOString()}
          ${countedFilter(sql, filters, user.id)} group by 1, 2`
  }`
  for (const row of rows) {
    const found = byStart.get(new Date(row.at).getTime())
    const known = outcome.safeParse(row.outcome).data
    if (found !== undefined && known !== undefined) found[known] += Number(row.count)
  }
  entry.shown({
    count: starts.length,
    patientId: asked.patientId ?? null,
    resource: { type: 'AuditEntry', id: null },
  })
  return { buckets: [...byStart.values()] }
}

const momentOf = (date: Date) => ({ text: date.toISOString(), date })
