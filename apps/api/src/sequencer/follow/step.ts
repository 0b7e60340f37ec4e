import { type Connection, withTransaction } from '@chartward/db'
import { FollowerFault } from './fault.ts'
import type { Follower, LogReader } from './follower.ts'
import { readEntries } from './read-entries.ts'

export interface Step {
  /** Entries seen. */
  readonly seen: number
  /** Whether there were more than one step takes. */
  readonly more: boolean
}

const NOTHING: Step = { seen: 0, more: false }

/**
 * One transaction: shows a follower the next entries of the committed log and moves its cursor on. Either all
 * of it is committed or none. Does nothing where another process is at it. Rejects with FollowerFault where
 * the log does not hold, and as `see` does.
 */
export const followStep = <Context>(
  { db, isOwn }: LogReader,
  follower: Follower<unknown, Context>,
  context: Context,
): Promise<Step> =>
  withTransaction(db, 'none', async (tx) => {
    const { sql } = tx
    const { name, cursor } = follower
    const from = await takeCursor(sql, name)
    if (from === null) return NOTHING
    // Read after the cursor is held: what it was moved to was never beyond the head.
    const [head] = await sql<{ size: string }[]>`select size from audit_head where id = 1`
    if (head === undefined) throw new FollowerFault('head-missing', from)
    const size = Number(head.size)
    if (from > size) throw new FollowerFault('cursor-ahead', from)
    if (from === size) return NOTHING
    const to = Math.min(from + cursor.batch, size)
    await follower.see(tx, await readEntries(sql, isOwn, from, to), context)
    await sql`
      update log_followers set next_index = ${to}, updated_at = now() where login = current_user and name = ${name}`
    return { seen: to - from, more: to < size }
  })

/**
 * The next index to see, held until the transaction ends; null where another process holds it. The first to
 * come makes the row.
 */
const takeCursor = async (sql: Connection['sql'], name: string): Promise<number | null> => {
  const [held] = await sql<{ next_index: string }[]>`
    select next_index from log_followers where login = current_user and name = ${name} for update skip locked`
  if (held !== undefined) return Number(held.next_index)
  const [made] = await sql<{ next_index: string }[]>`
    insert into log_followers (name) values (${name}) on conflict do nothing returning next_index`
  return made === undefined ? null : Number(made.next_index)
}

/** A look without a lock or a transaction, so that an idle log costs the database next to nothing. */
export const hasMore = async ({ db }: LogReader, name: string): Promise<boolean> => {
  const [row] = await db.sql<{ more: boolean }[]>`
    select coalesce(
      (select next_index from log_followers where login = current_user and name = ${name}), 0
    ) is distinct from (select size from audit_head where id = 1) as more`
  return row?.more ?? true
}
