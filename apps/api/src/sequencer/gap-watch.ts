import { type EntryWriter, mergeRanges, type NumberRange } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { SequencerContext } from './context.ts'
import type { SequencerFollower } from './follow/follower.ts'
import { rest } from './rest.ts'

/**
 * How long a number may be missing before that is said. What an entry claims settled was committed before it,
 * and comes into the log a round or two after it at the most.
 */
const LATE_MS = 30_000
const LOOK_MS = 5_000
/** Each is a row: what is missing beyond them comes when some of these have been found. */
const MOST_GAPS = 10_000

interface Seen {
  ranges: NumberRange[]
  settled: number
}

const seenOf = (writers: readonly EntryWriter[]): ReadonlyMap<string, Seen> => {
  const all = new Map<string, Seen>()
  for (const { process, number, settled, void: unused } of writers) {
    const seen = all.get(process) ?? { ranges: [], settled: 0 }
    all.set(process, seen)
    seen.ranges.push([number, number], ...unused)
    seen.settled = Math.max(seen.settled, settled)
  }
  return all
}

const multirange = (ranges: readonly NumberRange[]): string =>
  `{${mergeRanges(ranges)
    .map(([first, last]) => `[${first},${last}]`)
    .join(',')}}`

/**
 * Counts the numbers of each process's entries: what a process claims settled is in the log, or was void;
 * what is neither is written down as missing, until it comes.
 */
export const gapWatch: SequencerFollower = {
  kind: 'follower',
  name: 'gap-watch',
  login: 'sequencer',
  cursor: { batch: 1000 },
  see: async ({ sql }, entries, { log }) => {
    const seen = seenOf(entries.map(({ entry }) => entry.writer))
    const processes = [...seen.keys()]
    await sql`
      insert into audit_writers (process, seen, settled)
      select process, seen::int8multirange, settled
      from unnest(${processes}::uuid[], ${[...seen.values()].map(({ ranges }) => multirange(ranges))}::text[],
        ${[...seen.values()].map(({ settled }) => settled)}::bigint[]) as entry (process, seen, settled)
      on conflict (process) do update set seen = audit_writers.seen + excluded.seen,
        settled = greatest(audit_writers.settled, excluded.settled), updated_at = now()`
    await sql`
      insert into audit_gaps (process, number)
      select w.process, number from audit_writers w
        cross join lateral unnest(int8multirange(int8range(1, w.settled + 1)) - w.seen) as missing
        cross join lateral generate_series(lower(missing), upper(missing) - 1) as number
      where w.process = any(${processes}::uuid[])
      limit ${MOST_GAPS}
      on conflict do nothing`
    const filled = await sql<GapRow[]>`
      delete from audit_gaps g using audit_writers w
      where w.process = g.process and g.process = any(${processes}::uuid[]) and w.seen @> g.number
      returning g.process, g.number, g.named_at is not null as named`
    for (const { process, number, named } of filled) {
      if (named)
        log.warn(
          { writer: process, number: Number(number) },
          'an audit entry that was missing from the log has come',
        )
    }
  },
}

interface GapRow {
  process: string
  number: string
  named: boolean
}

/** Names, once, what has been missing for longer than `lateMs`; gives how many those were. */
export const nameGaps = async (
  { db, log }: Pick<SequencerContext, 'db' | 'log'>,
  lateMs: number,
): Promise<number> => {
  const gaps = await lateGaps(db.sql, lateMs)
  for (const { process, number } of gaps) {
    log.error(
      { writer: process, number: Number(number) },
      'an audit entry was committed and is kept from the log: run `chartward verify --database`',
    )
  }
  return gaps.length
}

const lateGaps = (sql: Connection['sql'], lateMs: number): Promise<GapRow[]> => sql<GapRow[]>`
  update audit_gaps set named_at = now()
  where named_at is null and since < now() - make_interval(secs => ${lateMs / 1000})
  returning process, number, true as named`

/** Names what is missing until `signal` aborts; what fails is tried again. */
export const keepNamingGaps = async (context: SequencerContext, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await nameGaps(context, LATE_MS).catch((error: unknown) => {
      context.log.error({ err: error }, 'what is missing from the log could not be looked for')
    })
    await rest(LOOK_MS, signal)
  }
}
