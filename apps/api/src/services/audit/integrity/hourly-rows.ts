import { isAction } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { Findings } from './findings.ts'

interface Row {
  readonly hour: string
  readonly action: string
  readonly outcome: string
  readonly counted: number | null
  readonly logged: number | null
}

/**
 * Counts the log's entries again, hour by hour, and names the counts of the charts that differ. Both are seen
 * in one snapshot, as far as the follower that keeps the counts has come. To be asked only where the log
 * itself holds: it is what is counted.
 */
export const checkHourly = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const rows = await sql<Row[]>`
    with logged as (
      select date_trunc('hour', e.at, 'UTC') as hour, coalesce(e.actor_id, e.actor_kind) as actor_id, e.action, e.outcome,
        count(*)::int as count
      from audit_leaves l join audit_entries e on e.id = l.entry_id
      where l.index < (select audit_hourly_size()) group by 1, 2, 3, 4
    )
    select to_char(coalesce(h.hour, l.hour) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as hour,
      coalesce(h.action, l.action) as action, coalesce(h.outcome, l.outcome) as outcome, h.count as counted, l.count as logged
    from audit_hourly h full join logged l using (hour, actor_id, action, outcome)
    where h.count is distinct from l.count order by 1, 2, 3 limit 100`
  for (const { hour, action, counted, logged } of rows) {
    const what = isAction(action) ? action : 'an action that is none'
    const detail = `of one actor's ${what} in the hour from ${hour}, ${counted ?? 0} are counted, and the log has ${logged ?? 0}`
    findings.add('hourly-mismatch', detail)
  }
}
