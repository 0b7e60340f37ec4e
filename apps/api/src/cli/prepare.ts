import { writeFileSync } from 'node:fs'
import { LocalKms } from '@chartward/crypto'
import { type Database, MigrationRefused, migrate, openDatabase, type Transaction } from '@chartward/db'
import { AuditLog } from '../audit/audit-log.ts'
import { install } from '../composition/install.ts'
import { findInstallation } from '../core/installation.ts'
import { createLogger } from '../core/log.ts'
import { installQueue } from '../jobs/install-queue.ts'
import type { CreatedKey } from '../keys/create-keys.ts'
import {
  createKeyFiles,
  type KeyFiles,
  keyFiles,
  readAppendKey,
  readSigningSeed,
  verifierKeyOf,
} from '../keys/key-files.ts'
import { loadKeyring } from '../keys/keyring.ts'
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
  wanted: { readonly mode: 'demo' | 'production'; readonly logOrigin: string; readonly operator?: string },
): Promise<KeyFiles> => {
  const db: Database = openDatabase({ url: databases.app, connections: 2, name: 'chartward-install' })
  try {
    // An installation's keys were made with it: one that is missing now has been moved away, and a new one
    // would fit nothing.
    const isNew = (await findInstallation(db)) === null
    const files = isNew ? createKeyFiles(keyFolder) : keyFiles(keyFolder)
    if (isNew) {
      const verifier = verifierKeyOf(readSigningSeed(files), wanted.logOrigin)
      writeFileSync(files.verifier, `${verifier}\n`, { mode: 0o644 })
    }
    const kms = LocalKms.open(files.kms)
    await install(db, kms, wanted, (tx, created) => logKeys(db, kms, files, tx, created, wanted.operator))
    return files
  } finally {
    await db.close()
  }
}

/** Puts the keys that the transaction has made into the audit log, having read them back. */
const logKeys = async (
  db: Database,
  kms: LocalKms,
  files: KeyFiles,
  tx: Transaction,
  created: readonly CreatedKey[],
  operator: string | undefined,
): Promise<void> => {
  const keyring = await loadKeyring(db, kms, tx)
  try {
    const log = createLogger('error')
    const audit = new AuditLog({ db, keyring, appendKey: readAppendKey(files), clock: () => new Date(), log })
    for (const { id, purpose } of created) {
      await audit.append(tx, {
        action: 'key.created',
        outcome: 'success',
        actor: { kind: 'system', name: 'install' },
        ...(operator === undefined ? {} : { facts: { operator } }),
        resource: { type: 'Key', id },
        change: { before: null, after: { purpose, state: 'primary' } },
      })
    }
  } finally {
    keyring.close()
  }
}
