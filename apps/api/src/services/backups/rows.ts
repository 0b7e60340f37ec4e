import { type schema, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { backups } from './table.ts'

export type BackupKind = (typeof schema.backups.$inferSelect)['kind']
export type BackupRow = typeof schema.backups.$inferSelect
export type BackupFailure = NonNullable<BackupRow['failure']>

/** Whose all rows of backups are: nobody's account, and one value, so that a missing row is known. */
export const OWNER = '00000000-0000-4000-8000-6261636b7570'

/** Wrapped keys are kept no longer (`backups_keys_expire` refuses it too). */
export const KEY_DAYS = 35
export const DAY_MS = 24 * 60 * 60 * 1000

/** What writes rows of backups, and the entries that tell of them. */
export type BackupApp = Pick<App, 'db' | 'vouching' | 'audit' | 'clock'>

const actor = (operator: string) => ({ kind: 'system', name: operator }) as const

/** Puts down, before the first byte is written, that a backup was begun, and until when it is kept. */
export const beginBackup = async (
  app: BackupApp,
  given: {
    readonly kind: BackupKind
    readonly place: string
    readonly keepDays: number
    readonly operator: string
  },
): Promise<BackupRow> => {
  const startedAt = app.clock()
  const row = {
    id: newId(),
    owner: OWNER,
    kind: given.kind,
    place: given.place,
    startedAt,
    finishedAt: null,
    expiresAt: new Date(startedAt.getTime() + given.keepDays * DAY_MS),
    deletedAt: null,
    state: 'running',
    failure: null,
    bytes: null,
    rows: null,
    sha256: null,
    logSize: null,
    logRoot: null,
  } as const
  await withTransaction(app.db, 'none', async (tx) => {
    await app.vouching.insert(tx, 'backup', [row])
    await app.audit.append(tx, {
      action: 'backup.started',
      outcome: 'success',
      actor: actor(given.operator),
      resource: { type: 'Backup', id: row.id },
      change: { before: null, after: { kind: row.kind, expiresAt: row.expiresAt.toISOString() } },
    })
  })
  return { ...row, rowVersion: 1, seal: Buffer.alloc(0) }
}

/** What became of a backup. */
export type Became =
  | {
      readonly state: 'made'
      readonly bytes: number | null
      readonly rows: number | null
      readonly sha256: Buffer | null
      readonly logSize: number | null
      readonly logRoot: Buffer | null
    }
  | { readonly state: 'failed'; readonly failure: BackupFailure }
  | { readonly state: 'deleted' }

const ACTION = { made: 'backup.made', failed: 'backup.failed', deleted: 'backup.deleted' } as const

/** Puts down what became of a backup, once: false where that was done already. */
export const settleBackup = (
  app: BackupApp,
  id: string,
  became: Became,
  operator: string,
): Promise<boolean> =>
  withTransaction(app.db, 'none', async (tx) => {
    const before = became.state === 'deleted' ? 'made' : 'running'
    const now = app.clock()
    const [row] = await app.vouching.change(
      tx,
      'backup',
      and(eq(backups.id, id), eq(backups.state, before)),
      became.state === 'deleted' ? { ...became, deletedAt: now } : { ...became, finishedAt: now },
    )
    if (row === undefined) return false
    await app.audit.append(tx, {
      action: ACTION[became.state],
      outcome: 'success',
      actor: actor(operator),
      resource: { type: 'Backup', id },
      change: {
        before: { state: before },
        after: {
          state: row.state,
          kind: row.kind,
          failure: row.failure,
          bytes: row.bytes,
          sha256: row.sha256?.toString('hex') ?? null,
          logSize: row.logSize,
          logRoot: row.logRoot?.toString('hex') ?? null,
          expiresAt: row.expiresAt.toISOString(),
        },
      },
    })
    return true
  })
