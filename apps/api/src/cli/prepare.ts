import { existsSync, writeFileSync } from 'node:fs'
import { LocalKms } from '@chartward/crypto'
import { type Database, migrate, openDatabase } from '@chartward/db'
import { AuditLog } from '../audit/audit-log.ts'
import {
  createKeyFiles,
  install,
  type KeyFiles,
  readAppendKey,
  readSigningSeed,
  verifierKeyOf,
} from '../core/bootstrap.ts'
import { newId } from '../core/ids.ts'
import { createLogger } from '../core/log.ts'
import { installQueue } from '../jobs/queue.ts'
import { loadKeyring } from '../keys/keyring.ts'
import type { Databases } from './database.ts'

/** Brings the database to this version: schema, roles, job queue. Run by the login that owns it. */
export const prepareDatabase = async (databases: Databases): Promise<void> => {
  await migrate(databases.owner)
  await installQueue(databases.owner)
}

/**
 * Says what the database is, and makes the key files and the first keys where there are none; each key that is made is in the
 * audit log. Does nothing where all that has been done.
 */
export const installOnce = async (
  databases: Databases,
  keyFolder: string,
  wanted: { readonly mode: 'demo' | 'production'; readonly logOrigin: string },
): Promise<KeyFiles> => {
  const files = createKeyFiles(keyFolder)
  if (!existsSync(files.verifier)) {
    writeFileSync(files.verifier, `${verifierKeyOf(readSigningSeed(files), wanted.logOrigin)}\n`, {
      mode: 0o644,
    })
  }
  const db: Database = openDatabase({ url: databases.app, connections: 2, name: 'chartward-install' })
  try {
    const kms = LocalKms.open(files.kms)
    const created = await install(db, kms, wanted)
    if (created.length === 0) return files
    const keyring = await loadKeyring(db, kms)
    const log = createLogger('error')
    const audit = new AuditLog({ db, keyring, appendKey: readAppendKey(files), clock: () => new Date(), log })
    for (const { id, purpose } of created) {
      await audit.commit({
        id: newId(),
        action: 'key.created',
        outcome: 'success',
        actor: { kind: 'system', name: 'install' },
        resource: { type: 'Key', id },
        change: { before: null, after: { purpose, state: 'primary' } },
      })
    }
    keyring.close()
    return files
  } finally {
    await db.close()
  }
}
