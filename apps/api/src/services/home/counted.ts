import type { Connection } from '@chartward/db'
import { BUCKET_MS } from '../audit/buckets.ts'
import { ID_SLACK_MS, idFloor } from '../audit/entry-filter.ts'

interface Counted {
  readonly action: string
  readonly outcome: string
  readonly count: number
}

/**
 * How many entries there are since a moment, by action and outcome: as many as the list of them shows. Whole
 * hours come from the sequencer's roll-up, and what is left of the first hour from the entries.
 */
export const countedSince = (sql: Connection['sql'], since: Date): Promise<Counted[]> => {
  const whole = new Date(Math.ceil(since.getTime() / BUCKET_MS.hour) * BUCKET_MS.hour)
  const [from, to] = [since.toISOString(), whole.toISOString()]
  return sql<Counted[]>`
    select action, outcome, sum(count)::integer as count from (
      select action, outcome, sum(count) as count from audit_hourly where hour >= ${to} group by 1, 2
      union all
      select action, outcome, count(*) from audit_entries
        where at >= ${from} and at < ${to} and id >= ${idFloor(since.getTime() - ID_SLACK_MS)}
          and id < ${idFloor(whole.getTime() + ID_SLACK_MS)}
        group by 1, 2
    ) counted group by 1, 2`
}

/** The sum of those that fit. */
export const sumOf = (counted: readonly Counted[], fits: (one: Counted) => boolean): number =>
  counted.reduce((sum, one) => sum + (fits(one) ? one.count : 0), 0)
