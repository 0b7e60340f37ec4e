import { type AuditEntry, searchableColumns } from '@chartward/audit'
import type { SequencerFollower } from './follow/follower.ts'

interface Tally {
  readonly hour: string
  readonly actor: string
  readonly action: string
  readonly outcome: string
  count: number
}

const tallyOf = (entries: readonly AuditEntry[]): Tally[] => {
  const tallies = new Map<string, Tally>()
  for (const entry of entries) {
    const { at, actorId, actorKind, action, outcome } = searchableColumns(entry)
    const hour = `${at.slice(0, 13)}:00:00Z`
    // Who is nobody (a sign-in that failed) counts under the kind.
    const actor = actorId ?? actorKind
    const key = `${hour}|${actor}|${action}|${outcome}`
    const tally = tallies.get(key)
    if (tally === undefined) tallies.set(key, { hour, actor, action, outcome, count: 1 })
    else tally.count++
  }
  return [...tallies.values()]
}

/** Keeps the hourly counts, for histograms, charts and baselines. */
export const rollUp: SequencerFollower = {
  kind: 'follower',
  name: 'roll-up',
  login: 'sequencer',
  cursor: { batch: 1000 },
  see: async ({ sql }, entries) => {
    const rows = tallyOf(entries.map(({ entry }) => entry))
    await sql`
      insert into audit_hourly (hour, actor_id, action, outcome, count)
      select hour::timestamptz, actor, action, outcome, count
      from unnest(${rows.map(({ hour }) => hour)}::text[], ${rows.map(({ actor }) => actor)}::text[],
        ${rows.map(({ action }) => action)}::text[], ${rows.map(({ outcome }) => outcome)}::text[],
        ${rows.map(({ count }) => count)}::integer[]) tally (hour, actor, action, outcome, count)
      on conflict (hour, actor_id, action, outcome) do update set count = audit_hourly.count + excluded.count`
  },
}
