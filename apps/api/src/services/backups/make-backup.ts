import { join, resolve } from 'node:path'
import { appliedSchema, type Database, schemaVersion } from '@chartward/db'
import type { App } from '../../app.ts'
import type { NoteKeys } from '../bundles/note-keys.ts'
import { formatManifest, type Manifest } from './container/manifest.ts'
import { ArtifactWriter } from './container/write-artifact.ts'
import { type Dumped, type DumpOptions, dumpDatabase } from './dump.ts'
import { dumpKeys } from './dump-keys.ts'
import { BackupError } from './errors.ts'
import { expireBackups, settleInterrupted } from './expire.ts'
import { madeOf } from './made-of.ts'
import { freshKeyrings } from './retained.ts'
import { type BackupFailure, beginBackup, KEY_DAYS, settleBackup } from './rows.ts'

export interface BackupOptions extends DumpOptions {
  readonly app: App
  readonly kind: 'logical' | 'keyring'
  /** The login `chartward_backup` for a logical one; for a keyring artifact the application's. */
  readonly source: Database
  /** The folder that the backup's own folder is made in. */
  readonly folder: string
  readonly recipients: readonly string[]
  readonly signer: NoteKeys
  readonly keepDays: number
  readonly operator: string
}

export interface MadeBackup {
  readonly id: string
  readonly folder: string
  readonly manifest: Manifest
  /** Backups that had expired, and were deleted. */
  readonly deleted: number
  /**
   * Whether keyring artifacts stand beside a logical backup: without one in 35 days it is ciphertext for
   * good.
   */
  readonly hasKeyring: boolean
}

const KIND_NAME = { logical: 'chartward', keyring: 'chartward-keys' } as const

/** The folder of a backup: sorted by time, and told apart by its id. */
const nameOf = (kind: 'logical' | 'keyring', startedAt: Date, id: string): string =>
  `${KIND_NAME[kind]}-${startedAt.toISOString().slice(0, 19).replaceAll(':', '')}Z-${id}`

const failureOf = (error: unknown): BackupFailure => {
  if (!(error instanceof BackupError)) return 'failed'
  return error.code === 'no-space' ? 'no-space' : 'refused'
}

/**
 * Makes a backup and says where. Before it, what earlier runs left half-done is cleared away, and what has
 * expired is deleted. Rejects, and leaves no file of the backup's name, where it can't be made; killed, the
 * next run does the same for it.
 */
export const makeBackup = async (options: BackupOptions): Promise<MadeBackup> => {
  const { app, kind, source, recipients, signer, operator } = options
  if (recipients.length === 0)
    throw new BackupError('no-recipient', 'Give at least one recipient: a public key of age, age1….')
  if (kind === 'keyring' && options.keepDays > KEY_DAYS)
    throw new BackupError(
      'keys',
      `Wrapped keys are kept for ${KEY_DAYS} days at most: or nothing is ever shredded.`,
    )
  // What is written down is what can be restored: by the version that made the schema.
  if (kind === 'logical' && (await appliedSchema(source)).hash !== schemaVersion().hash)
    throw new BackupError('not-ours', 'The database is of another version: run `chartward migrate` first.')
  const folder = resolve(options.folder)
  await settleInterrupted(app, folder, signer.verifierKeys, operator)
  const row = await beginBackup(app, { kind, place: folder, keepDays: options.keepDays, operator })
  const target = join(folder, nameOf(kind, row.startedAt, row.id))
  let writer: ArtifactWriter | null = null
  try {
    writer = await ArtifactWriter.begin(target, recipients)
    const dumped: Dumped =
      kind === 'logical' ? await dumpDatabase(source, writer, options) : await dumpKeys(source, writer)
    const file = await writer.end()
    const manifest: Manifest = {
      kind,
      id: row.id,
      origin: app.settings.logOrigin,
      startedAt: row.startedAt.toISOString(),
      finishedAt: app.clock().toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      schema: schemaVersion(),
      file,
      recipients: [...recipients],
      log: {
        size: dumped.log.size,
        root: dumped.log.root.toString('hex'),
        checkpoint: dumped.log.checkpoint,
        firstEntryAt: dumped.log.firstEntryAt?.toISOString() ?? null,
      },
      tables: dumped.tables,
    }
    await writer.finish(formatManifest(manifest, signer))
    await settleBackup(app, row.id, madeOf(manifest), operator)
    const deleted = await expireBackups(app, kind, operator)
    const hasKeyring = (await freshKeyrings(app.db, app.clock())).length > 0
    return { id: row.id, folder: target, manifest, deleted, hasKeyring }
  } catch (error) {
    await writer?.abandon()
    await settleBackup(app, row.id, { state: 'failed', failure: failureOf(error) }, operator)
    throw error
  }
}
