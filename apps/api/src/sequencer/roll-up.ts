import type { Connection } from '@chartward/db'
import type { StoredEntry } from '../audit/log/stored-entries.ts'

interface Tally {
  hour: string
  actor: string
  action: string
  outcome: string
  count: number
}

/** Adds entries to the hourly counts, in the transaction that sequences them, so that each counts once. */
export const rollUp = async (sql: Connection['sql'], entries: readonly StoredEntry[]): Promise<void> => {
  const tallies = new Map<string, Tally>()
  for (const { columns } of entries) {
    const hour = `${(columns.at ?? '').slice(0, 13)}:00:00Z`
    // Who is nobody (a sign-in that failed) counts under the kind.
    const actor = columns.actorId ?? columns.actorKind ?? ''
    const action = columns.action ?? ''
    const outcome = columns.outcome ?? ''
    const key = `${hour}|${actor}|${action}|${outcome}`
    const tally = tallies.get(key)
    if (tally === undefined) tallies.set(key, { hour, actor, action, outcome, count: 1 })
    else tally.count++
  }
  const rows = [...tallies.values()]
  await sql`
    insert into audit_hourly (hour, actor_id, action, outcome, count)
    select hour::timestamptz, actor, action, outcome, count
    from unnest(${rows.map(({ hour }) => hour)}::text[], ${rows.map(({ actor }) => actor)}::text[],
      ${rows.map(({ action }) => action)}::text[], ${rows.map(({ outcome }) => outcome)}::text[],
      ${rows.map(({ count }) => count)}::integer[]) tally (hour, actor, action, outcome, count)
    on conflict (hour, actor_id, action, outcome) do update set count = audit_hourly.count + excluded.count`
}
