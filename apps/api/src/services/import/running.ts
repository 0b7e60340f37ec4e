import { parseEntry } from '@chartward/audit'
import { type Database, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'

/** What the lock of an import is named by. */
const lockOf = (id: string): string => `chartward/import/${id}`

/**
 * Holds a lock in the database for as long as an import runs, however it ends: with its process the lock
 * goes. Gives what lets go of it. The transaction reads nothing, so it keeps nothing from being cleared
 * away.
 */
export const holdRun = async ({ sql }: Database, id: string): Promise<() => Promise<void>> => {
  const connection = await sql.reserve()
  try {
    await connection`begin`
    await connection`set local idle_in_transaction_session_timeout = 0`
    await connection`select pg_advisory_xact_lock(hashtextextended(${lockOf(id)}, 0))`
  } catch (error) {
    connection.release()
    throw error
  }
  return async () => {
    // Where the connection is gone, so is the lock.
    await connection`rollback`.catch(() => undefined)
    connection.release()
  }
}

interface Started {
  readonly resource_id: string
  readonly bytes: Buffer
  readonly mac: Buffer
}

/**
 * Writes the end of imports whose process was killed before it could: an import that the log knows of as
 * begun, that has no end there, and that nobody holds any more. Gives how many there were.
 */
export const closeBrokenImports = async (app: App): Promise<number> => {
  const open = await app.db.sql<Started[]>`
    select s.resource_id, s.bytes, s.mac from audit_entries s
    where s.action = 'import.started' and s.outcome = 'success' and s.resource_id is not null
      and not exists (select from audit_entries f where f.action = 'import.finished' and f.resource_id = s.resource_id)
    order by s.id`
  let closed = 0
  for (const { resource_id: id, bytes, mac } of open) {
    // What somebody has put in behind the application's back begins nothing.
    if (app.audit.isOwn(bytes, mac) && (await closeOne(app, id, bytes))) closed += 1
  }
  return closed
}

const closeOne = (app: App, id: string, bytes: Uint8Array): Promise<boolean> =>
  withTransaction(app.db, 'none', async (tx) => {
    const [lock] = await tx.sql<{ free: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${lockOf(id)}, 0)) as free`
    if (lock?.free !== true) return false
    // Its end may have been written since it was looked for.
    const ended = await tx.sql`
      select from audit_entries where action = 'import.finished' and resource_id = ${id} limit 1`
    if (ended.length > 0) return false
    const { actor, resource, requestId, facts } = parseEntry(bytes)
    await app.audit.append(tx, {
      action: 'import.finished',
      outcome: 'failure',
      reason: 'the process that imported ended before the import did',
      actor,
      resource,
      requestId,
      facts,
    })
    return true
  })
