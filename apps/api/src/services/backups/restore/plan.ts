import {
  AuditError,
  type Checkpoint,
  equalBytes,
  leafHash,
  MerkleFrontier,
  verifyCheckpoint,
} from '@chartward/audit'
import type { Database } from '@chartward/db'
import type { LogStore } from '../../../audit/store/log-store.ts'
import { bundlesOf } from '../../audit/store/walk-store.ts'
import { type Artifact, openArtifact } from '../container/read-artifact.ts'
import { BackupError } from '../errors.ts'
import { inspectArtifact } from './inspect.ts'
import { requireEmptyTarget, requireSameSchema } from './target.ts'

/** How the restore goes on where a longer log than the backup's was signed. */
export type Ahead =
  | { readonly kind: 'refuse' }
  /** What the log store has beyond the backup is put back afterwards (`verify --store --recover`). */
  | { readonly kind: 'recover' }
  /** It is left behind, for this reason: a signed fork. */
  | { readonly kind: 'fork'; readonly reason: string }

export interface PlanOptions {
  /** The database to restore into, by the login that owns it. */
  readonly owner: Database
  /** The folders of a logical backup and of a keyring artifact. */
  readonly folder: string
  readonly keysFolder: string
  readonly identities: readonly string[]
  /** The verifier key of what the installation signs, and that of its log: from wherever they are trusted. */
  readonly bundleKeys: readonly string[]
  readonly logKey: string
  readonly appendKey: Uint8Array
  readonly store: LogStore | null
  /** The checkpoint that a sequencer has kept beside its key, where it is at hand. */
  readonly keptNote: string | null
  readonly ahead: Ahead
}

/** A restore that was looked through and can be carried out. Nothing has been changed. */
export interface RestorePlan {
  readonly backup: Artifact
  readonly keyring: Artifact
  /** What the log is known to have had beyond the backup's. */
  readonly left: readonly Checkpoint[]
  /** What will be done, in sentences for the operator. */
  readonly lines: readonly string[]
}

/**
 * Looks through a restore: backup and keyring are whole, ours and of this version, the target is empty, and
 * the log in the backup agrees with all that is known of it. Rejects with BackupError, and changes nothing.
 */
export const planRestore = async (options: PlanOptions): Promise<RestorePlan> => {
  const { owner, identities, appendKey, logKey, ahead } = options
  const backup = await openArtifact(options.folder, options.bundleKeys)
  const keyring = await openArtifact(options.keysFolder, options.bundleKeys)
  requireKinds(backup, keyring)
  requireSameSchema(backup.manifest)
  requireSameSchema(keyring.manifest)
  await requireEmptyTarget(owner)
  const witnesses = await witnessesOf(options)
  const { log } = backup.manifest
  const left = witnesses.filter(({ size }) => size > log.size)
  if (left.length > 0 && ahead.kind === 'refuse') throw olderThanLog(log.size, left)
  const published = log.checkpoint === null ? [] : [await verified(log.checkpoint, logKey, 'The backup')]
  await inspectArtifact(backup, { identities, appendKey, witnesses: [...witnesses, ...published] })
  await inspectArtifact(keyring, { identities, appendKey, witnesses: [] })
  if (left.length > 0 && options.store !== null) await requireCommonStart(options.store, backup, left)
  return { backup, keyring, left, lines: linesOf(backup, keyring, left, ahead) }
}

const requireKinds = (backup: Artifact, keyring: Artifact): void => {
  if (backup.manifest.kind !== 'logical' || keyring.manifest.kind !== 'keyring')
    throw new BackupError(
      'not-ours',
      'A restore takes a backup (chartward-…) and, by --keys-from, a keyring artifact (chartward-keys-…).',
    )
  if (backup.manifest.origin !== keyring.manifest.origin)
    throw new BackupError('not-ours', 'The keyring artifact is of another installation than the backup.')
  if (keyring.manifest.startedAt < backup.manifest.finishedAt && keyring.manifest.id !== backup.manifest.id)
    if (Date.parse(backup.manifest.finishedAt) - Date.parse(keyring.manifest.startedAt) > 24 * 3_600_000)
      throw new BackupError(
        'keys',
        'The keyring artifact is more than a day older than the backup: keys made since are not in it. Take a later one.',
      )
}

const verified = (note: string, key: string, whose: string): Promise<Checkpoint> =>
  verifyCheckpoint(note, key).catch((error: unknown) => {
    if (!(error instanceof AuditError)) throw error
    throw new BackupError(
      'not-ours',
      `${whose} has a checkpoint that this log's key has not signed: it is of another installation.`,
    )
  })

const witnessesOf = async ({ store, keptNote, logKey }: PlanOptions): Promise<Checkpoint[]> => {
  const stored = (await store?.checkpoint()) ?? null
  const found: Checkpoint[] = []
  if (stored !== null) found.push(await verified(stored, logKey, 'The log store'))
  if (keptNote !== null) found.push(await verified(keptNote, logKey, 'The key folder'))
  return found.filter(
    (one, i) => found.findIndex((other) => other.size === one.size && equalBytes(other.root, one.root)) === i,
  )
}

const olderThanLog = (size: number, left: readonly Checkpoint[]) =>
  new BackupError(
    'log-ahead',
    `The backup's audit log has ${size} entries, and ${Math.max(...left.map((one) => one.size))} were signed: nothing was changed. Restore a later backup; or give --recover, to put back what the log store has beyond it; or, if that is lost, --reason "why", and the log goes on from the backup by a signed fork.`,
  )

/** What is left behind has to have begun as the backup did: else it is no older copy, but a forged one. */
const requireCommonStart = async (
  store: LogStore,
  { manifest: { log } }: Artifact,
  left: readonly Checkpoint[],
): Promise<void> => {
  const tree = new MerkleFrontier()
  for await (const { entries } of bundlesOf(store, log.size)) {
    if (entries === null)
      throw new BackupError('log-differs', 'The log store is not whole: run `chartward verify --store`.')
    for (const bytes of entries) tree.append(leafHash(bytes))
  }
  const root = Buffer.from(tree.root()).toString('hex')
  if (tree.size === log.size && root !== log.root)
    throw new BackupError(
      'log-differs',
      `The log store's first ${log.size} entries are not those of the backup, though ${left[0]?.size ?? 0} were signed: one of the two was forged. Nothing was changed.`,
    )
}

const rowsOf = ({ manifest: { tables } }: Artifact): number =>
  Object.values(tables).reduce((sum, rows) => sum + rows, 0)

const linesOf = (
  backup: Artifact,
  keyring: Artifact,
  left: readonly Checkpoint[],
  ahead: Ahead,
): readonly string[] => {
  const { log, tables, finishedAt } = backup.manifest
  const most = Math.max(0, ...left.map(({ size }) => size))
  return [
    `Backup of ${finishedAt}: ${rowsOf(backup)} rows of ${tables.patients ?? 0} patients; its audit log has ${log.size} entries. It is whole, and signed by this installation.`,
    `Wrapped keys of ${keyring.manifest.finishedAt}: of ${keyring.manifest.tables.patient_keys ?? 0} patients. They expire ${keyring.manifest.expiresAt}.`,
    'Into an empty database, in one transaction: ended half-way, nothing of it is there.',
    'Sessions of then are ended: everybody signs in again. Links by mail, exports and uploads of then are not in it.',
    ...(left.length === 0
      ? []
      : ahead.kind === 'recover'
        ? [
            `The log's ${most - log.size} later entries are put back from the log store. What they tell of and the backup lacks is gone: the check names it.`,
          ]
        : [
            `The log's ${most - log.size} later entries are LEFT BEHIND: the log goes on from entry ${log.size} by a signed fork.`,
          ]),
  ]
}
