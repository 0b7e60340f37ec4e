import { type Connection, databaseFault, withTransaction } from '@chartward/db'
import type { SequencerContext } from './context.ts'
import { currentTable, oldestFirst, PENDING_TABLES } from './pending.ts'

/** PostgreSQL's lock_not_available. */
const LOCKED = '55P03'

/**
 * Lets the trigger fill another table from now on, one that has been truncated, and says whether there was
 * one. Rows that transactions still bring to the old one are taken from there: nothing looks at the cursor
 * but the trigger.
 */
export const rotate = ({ db }: SequencerContext): Promise<boolean> =>
  withTransaction(db, 'none', async ({ sql }) => {
    const [cursor] = await sql<{ current: number }[]>`
      select current from audit_pending_cursor for update skip locked`
    if (cursor === undefined) return false
    for (const number of oldestFirst(cursor.current)) {
      // A table of no bytes holds nothing, committed or not.
      if (number === cursor.current || (await tableBytes(sql, number)) > 0) continue
      await sql`update audit_pending_cursor set current = ${number}`
      return true
    }
    return false
  })

const tableBytes = async (sql: Connection['sql'], number: number): Promise<number> => {
  const [row] = await sql<{ bytes: string }[]>`
    select pg_relation_size(${PENDING_TABLES[number] ?? ''}::text::regclass) as bytes`
  return Number(row?.bytes)
}

/**
 * Truncates the tables that are no longer filled and hold nothing, so that what is dead in them (and can't be
 * vacuumed while an old snapshot is open anywhere) costs no scan. A table that any transaction still uses is
 * left for later.
 */
export const truncateDrained = async ({ db }: SequencerContext): Promise<void> => {
  for (const number of oldestFirst(await currentTable(db.sql))) {
    if ((await tableBytes(db.sql, number)) === 0) continue
    if (number === (await currentTable(db.sql))) continue
    await truncateIfEmpty(db, PENDING_TABLES[number] ?? '')
  }
}

const truncateIfEmpty = async (db: SequencerContext['db'], name: string): Promise<void> => {
  try {
    // Read committed, whatever the server's default: emptiness must be looked at after the lock is held, when
    // whoever wrote to the table has committed or rolled back. NOWAIT, because whoever waits for this lock
    // makes all appends wait too.
    await db.sql.begin('isolation level read committed', async (sql) => {
      const table = sql(name)
      await sql`lock table ${table} in access exclusive mode nowait`
      const [row] = await sql`select 1 from ${table} limit 1`
      if (row === undefined) await sql`truncate ${table}`
    })
  } catch (error) {
    if (databaseFault(error)?.sqlState !== LOCKED) throw error
  }
}
