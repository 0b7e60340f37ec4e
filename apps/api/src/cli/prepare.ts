import { writeFileSync } from 'node:fs'
import { type KmsProvider, LocalKms } from '@chartward/crypto'
import { type Database, MigrationRefused, migrate, openDatabase } from '@chartward/db'
import { install } from '../composition/install.ts'
import { logKeys } from '../composition/log-keys.ts'
import { findInstallation } from '../core/installation.ts'
import { installQueue } from '../jobs/install-queue.ts'
import { createKeyFiles, type KeyFiles, keyFiles, readSigningSeed, verifierKeyOf } from '../keys/key-files.ts'
import type { Databases } from './database.ts'
import { UsageError } from './usage-error.ts'

/**
 * Brings the database to this version: schema, roles, job queue. Run by the login that owns it. Throws
 * UsageError, and changes nothing, for a database that another version has made.
 */
export const prepareDatabase = async ({ owner, embedded }: Databases): Promise<void> => {
  await migrate(owner).catch((error: unknown) => {
    if (!(error instanceof MigrationRefused)) throw error
    const remedy =
      embedded === null ? '' : ` It is in ${embedded.folder}: move that folder away, or delete it.`
    throw new UsageError(`${error.message}${remedy}`)
  })
  await installQueue(owner)
}

/**
 * Says what the database is, and makes the key files and the first keys where there are none; each key that
 * is made is in the audit log with it. Does nothing where all that has been done.
 */
export const installOnce = async (
  databases: Databases,
  keyFolder: string,
  wanted: {
    readonly mode: 'demo' | 'production'
    readonly logOrigin: string
    readonly operator?: string
    /**
     * Opens what wraps the first KEK, told whether there is an installation yet; the root in the key folder,
     * unless told.
     */
    readonly kms?: (files: KeyFiles, isNew: boolean) => Promise<KmsProvider>
    readonly plannedPatients?: number | undefined
    readonly nameBits?: number | undefined
    /** When the keys' entries are of; now, unless told. */
    readonly clock?: () => Date
  },
): Promise<KeyFiles> => {
  const db: Database = openDatabase({ url: databases.app, connections: 2, name: 'chartward-install' })
  try {
    // An installation's keys were made with it: one that is missing now has been moved away, and a new one
    // would fit nothing.
    const isNew = (await findInstallation(db)) === null
    const root = wanted.kms === undefined
    const files = isNew ? createKeyFiles(keyFolder, { root }) : keyFiles(keyFolder)
    if (isNew) {
      const verifier = verifierKeyOf(readSigningSeed(files), wanted.logOrigin)
      writeFileSync(files.verifier, `${verifier}\n`, { mode: 0o644 })
    }
    const kms = wanted.kms === undefined ? LocalKms.open(files.kms) : await wanted.kms(files, isNew)
    const keysLog = logKeys(db, kms, files, wanted)
    await install(db, kms, wanted, keysLog.append)
    await keysLog.close()
    return files
  } finally {
    await db.close()
  }
}
