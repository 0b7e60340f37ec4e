import type { HistogramInput, HistogramOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { BUCKET_MS, bucketOf, bucketsBetween } from './buckets.ts'

/** How many buckets are shown where no range is given: a week of hours, three months of days. */
const USUAL = { hour: 168, day: 90 } as const

/**
 * Entries per hour or day and outcome, from the sequencer's roll-up; whole hours, so a range within one
 * counts all of it.
 */
export const histogram = async ({
  ctx: { app, entry },
  input,
}: {
  ctx: VerbContext<'audit.searched'>
  input: HistogramInput
}): Promise<HistogramOutput> => {
  const { bucket, actorId, action, outcome } = input
  const { sql } = app.db
  // The bucket that is under way belongs to the picture.
  const to = input.to?.date ?? new Date(bucketOf(bucket, app.clock()) + BUCKET_MS[bucket])
  const from = input.from?.date ?? new Date(to.getTime() - USUAL[bucket] * BUCKET_MS[bucket])
  const starts = bucketsBetween(bucket, from, to)
  const byStart = new Map(
    starts.map((start) => [start, { at: new Date(start).toISOString(), success: 0, failure: 0, refused: 0 }]),
  )
  const rows = await sql<{ at: string; outcome: string; count: string }[]>`
    select date_trunc(${bucket}, hour, 'UTC') as at, outcome, sum(count) as count from audit_hourly
    where hour >= ${new Date(bucketOf('hour', from)).toISOString()} and hour < ${to.toISOString()}
      ${actorId === undefined ? sql`` : sql`and actor_id = ${actorId}`}
      ${action === undefined ? sql`` : sql`and action = ${action}`}
      ${outcome === undefined ? sql`` : sql`and outcome = ${outcome}`}
    group by 1, 2`
  for (const row of rows) {
    const found = byStart.get(new Date(row.at).getTime())
    if (found === undefined) continue
    if (row.outcome === 'success' || row.outcome === 'failure' || row.outcome === 'refused') {
      found[row.outcome] += Number(row.count)
    }
  }
  entry.shown({ count: starts.length, resource: { type: 'AuditEntry', id: null } })
  return { buckets: [...byStart.values()] }
}
