import type { Connection, Transaction } from '@chartward/db'
import type { SessionId } from '@chartward/policy'

/*
 * An entry of somebody who is signed in goes into the log only while their session stands, in the order of
 * commits and not of requests (ADR 070). Both sides meet at a lock that is named by the session: the entry's
 * transaction tries it, shared, and whoever ends the session takes it alone. Where both come together the
 * entry is the one that gives way, at once: one INSERT carries many people's entries, and none of them waits
 * for somebody's end. PostgreSQL lets no new sharer pass one who waits for it alone, so a flood of requests
 * puts nobody's end off.
 */

/** The lock's number: the 64 bits of a UUIDv7 that are drawn at random, as PostgreSQL's signed bigint. */
const lockOf = (id: SessionId): string =>
  BigInt.asIntN(64, BigInt(`0x${id.slice(19).replace('-', '')}`)).toString()

/** Each session once, in the one order in which everybody takes the locks. */
const locksOf = (ids: readonly SessionId[]): string[] => [...new Set(ids.map(lockOf))].sort()

/** Whether an entry that is written within the session `entry.within` may be. */
export const LIVE = `entry.within is null or (
    entry.held = any(coalesce(nullif(current_setting('chartward.held', true), ''), '{}')::bigint[])
    and exists (
      select from sessions s
      where s.id = entry.within and (s.ended_at is null or s.end_reason = 'expired')
    )
  )`

/**
 * Holds sessions until the transaction ends, those that nobody is ending just then, and notes which. Sent at
 * once, before the statement that asks for `LIVE`: that one sees whatever has been committed by then.
 */
export const holdSessions = (
  { sql }: Connection,
  within: readonly (SessionId | null)[],
): PromiseLike<unknown> => {
  const locks = locksOf(within.filter((id) => id !== null))
  if (locks.length === 0) return Promise.resolve()
  return sql`
    select set_config('chartward.held', coalesce(array_agg(held) filter (
      where pg_try_advisory_xact_lock_shared(held)), '{}')::text, true)
    from unnest(${locks}::bigint[]) as held`.execute()
}

/** The lock that each entry is held by; null for one of nobody's session. */
export const heldBy = (within: readonly (SessionId | null)[]): (string | null)[] =>
  within.map((id) => (id === null ? null : lockOf(id)))

/**
 * Waits for the entries that are being written within these sessions, and keeps further ones out until the
 * transaction ends: for whoever ends them.
 */
export const closeToEntries = async ({ sql }: Transaction, ids: readonly SessionId[]): Promise<void> => {
  const locks = locksOf(ids)
  if (locks.length > 0) await sql`select pg_advisory_xact_lock(held) from unnest(${locks}::bigint[]) as held`
}
