import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { formatVerifierKey } from '@chartward/audit'
import { createKeyFile, ed25519PublicKey, type KmsProvider, LocalKms, readKeyFile } from '@chartward/crypto'
import { type Database, schema, type Transaction, withTransaction } from '@chartward/db'
import { type CreatedKey, createKeys, hasPrimaryKek } from '../keys/keyring.ts'
import { newId } from './ids.ts'

/** The key files of an installation. All are mode 0600, and none ever enters the database. */
export interface KeyFiles {
  /** The KMS root of the local provider: wraps KEKs. The application's. */
  readonly kms: string
  /** The MAC key of audit entries. The application's and the sequencer's. */
  readonly append: string
  /** The Ed25519 seed that signs checkpoints. The sequencer's alone. */
  readonly signing: string
  /** The log's verifier key, public: what an auditor pins. */
  readonly verifier: string
}

export const keyFiles = (folder: string): KeyFiles => ({
  kms: join(folder, 'kms.key'),
  append: join(folder, 'append.key'),
  signing: join(folder, 'signing.key'),
  verifier: join(folder, 'log-verifier.pub'),
})

/** Makes the key files that are missing. A file that is there is never replaced: what it protects would be lost. */
export const createKeyFiles = (folder: string): KeyFiles => {
  const files = keyFiles(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(files.kms)) LocalKms.create(files.kms)
  if (!existsSync(files.append)) createKeyFile(files.append, randomBytes(32))
  if (!existsSync(files.signing)) createKeyFile(files.signing, randomBytes(32))
  return files
}

/** The verifier key that belongs to a signing key, in C2SP's text form. */
export const verifierKeyOf = (signingSeed: Uint8Array, origin: string): string =>
  formatVerifierKey(origin, ed25519PublicKey(signingSeed))

export const readSigningSeed = (files: KeyFiles): Buffer => readKeyFile(files.signing, 32)
export const readAppendKey = (files: KeyFiles): Buffer => readKeyFile(files.append, 32)

export interface Installation {
  readonly mode: 'demo' | 'production'
  readonly logOrigin: string
  readonly initialisedAt: Date | null
}

export const findInstallation = async (db: Database): Promise<Installation | null> => {
  const [row] = await db.orm.select().from(schema.installation)
  return row === undefined
    ? null
    : { mode: row.mode, logOrigin: row.logOrigin, initialisedAt: row.initialisedAt }
}

/**
 * Says once what this database is, and makes its first keys. `onCreated` says so in the audit log, in the same transaction: a key
 * that no entry names is never there. Does nothing where that was done already; rejects where the database is of the other mode,
 * so that a demo can't become a production installation nor the other way round.
 */
export const install = async (
  db: Database,
  kms: KmsProvider,
  wanted: { readonly mode: 'demo' | 'production'; readonly logOrigin: string },
  onCreated: (tx: Transaction, created: readonly CreatedKey[]) => Promise<void> = async () => undefined,
): Promise<void> =>
  withTransaction(db, 'none', async (tx) => {
    await tx.orm.insert(schema.installation).values(wanted).onConflictDoNothing()
    const [row] = await tx.orm.select().from(schema.installation).for('update')
    if (row?.mode !== wanted.mode) {
      throw new Error(
        `This database is a ${row?.mode} installation and stays one: give another database or data folder.`,
      )
    }
    if (await hasPrimaryKek(tx)) return
    await onCreated(tx, await createKeys(tx, kms, newId))
  })
