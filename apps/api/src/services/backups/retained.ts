import type { Connection } from '@chartward/db'
import { and, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { type BackupRow, OWNER } from './rows.ts'
import { backups } from './table.ts'

/**
 * A copy is kept until it was seen to be deleted: one that has expired and was not found may still be
 * somewhere.
 */
const KEPT = ['running', 'made'] as const

/**
 * Backups of every kind that are still kept and were begun before `startedBefore`: what uses a key that was
 * in use until then. One that is being made counts, one that failed left nothing, and one that has expired
 * counts until it was deleted. `requireBackupRows` first where a key is destroyed by it.
 */
export const retainedBackups = (
  connection: Connection,
  startedBefore: Date,
): Promise<Pick<BackupRow, 'id' | 'kind' | 'startedAt' | 'expiresAt' | 'state'>[]> =>
  connection.orm
    .select({
      id: backups.id,
      kind: backups.kind,
      startedAt: backups.startedAt,
      expiresAt: backups.expiresAt,
      state: backups.state,
    })
    .from(backups)
    .where(and(inArray(backups.state, [...KEPT]), lt(backups.startedAt, startedBefore)))
    .orderBy(backups.startedAt)

/**
 * The latest expiry of anything that holds wrapped keys, keyring artifacts and physical backups with their
 * WAL: what is destroyed now is gone everywhere by then. Null where nothing that is kept holds any. WAL that
 * has not been archived yet is the server's, and goes with the next physical backup's retention.
 */
export const latestKeyExpiry = async (connection: Connection): Promise<Date | null> => {
  const [row] = await connection.orm
    .select({ latest: sql<string | null>`max(${backups.expiresAt})` })
    .from(backups)
    .where(and(inArray(backups.state, [...KEPT]), ne(backups.kind, 'logical')))
  return row === undefined || row.latest === null ? null : new Date(row.latest)
}

/** Rejects INTEGRITY where a row of backups was changed, put back, or taken out behind the application. */
export const requireBackupRows = async ({ db, vouching }: Pick<App, 'db' | 'vouching'>): Promise<void> => {
  const rows = await db.orm.select().from(backups).where(eq(backups.owner, OWNER))
  if (!(await vouching.admitsAll('backup', OWNER, rows))) throw new ChartwardError('INTEGRITY')
}

/** Keyring artifacts that are whole, and have not expired at `now`. */
export const freshKeyrings = (connection: Connection, now: Date): Promise<{ readonly startedAt: Date }[]> =>
  connection.orm
    .select({ startedAt: backups.startedAt })
    .from(backups)
    .where(and(eq(backups.kind, 'keyring'), eq(backups.state, 'made'), gt(backups.expiresAt, now)))
