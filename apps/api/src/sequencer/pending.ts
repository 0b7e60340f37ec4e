import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'

/** The three tables of the queue, used in turn; the number is that of the cursor. */
export const PENDING_TABLES = ['audit_pending_0', 'audit_pending_1', 'audit_pending_2'] as const

/** Numbers of the tables in the order in which they were filled: the one that is filled now comes last. */
export const oldestFirst = (current: number): number[] => [1, 2, 3].map((step) => (current + step) % 3)

export interface Taken {
  /** Which table is filled now. */
  readonly current: number
  /** Ids of entries, in ascending order, each once. */
  readonly ids: readonly EntryId[]
  /** Rows taken, and how many of them from the current table. */
  readonly rows: number
  readonly fromCurrent: number
}

/**
 * Takes up to `limit` rows out of the queue, in the caller's transaction: rolled back, they are there again.
 */
export const takePending = async (sql: Connection['sql'], limit: number): Promise<Taken> => {
  const current = await currentTable(sql)
  const ids = new Set<EntryId>()
  let rows = 0
  let fromCurrent = 0
  for (const number of oldestFirst(current)) {
    if (rows >= limit) break
    const table = sql(PENDING_TABLES[number] ?? PENDING_TABLES[0])
    const taken = await sql<{ entry_id: EntryId }[]>`
      delete from ${table} where ctid = any(array(select ctid from ${table} limit ${limit - rows})) returning entry_id`
    for (const { entry_id } of taken) ids.add(entry_id)
    rows += taken.length
    if (number === current) fromCurrent = taken.length
  }
  return { current, ids: [...ids].sort(), rows, fromCurrent }
}

export const currentTable = async (sql: Connection['sql']): Promise<number> => {
  const [cursor] = await sql<{ current: number }[]>`select current from audit_pending_cursor`
  return cursor?.current ?? 0
}
