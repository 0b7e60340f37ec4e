import type { KmsProvider } from '@chartward/crypto'
import type { Database, Transaction } from '@chartward/db'
import { AuditLog } from '../audit/audit-log.ts'
import { findInstallation, plannedText } from '../core/installation.ts'
import { createLogger } from '../core/log.ts'
import type { CreatedKey } from '../keys/create-keys.ts'
import { type KeyFiles, readAppendKey } from '../keys/key-files.ts'
import { loadKeyring } from '../keys/keyring.ts'

/** What the row that was just written says that name tokens are planned for. */
const plannedIn = async (tx: Transaction): Promise<string | null> => {
  const found = await findInstallation(tx)
  return found === null ? null : plannedText(found.plannedPatients, found.nameBits)
}

interface KeysLog {
  /** In the transaction that has made the keys. */
  append(tx: Transaction, created: readonly CreatedKey[]): Promise<void>
  /** Once it is committed: the log's last entry of this writer. */
  close(): Promise<void>
}

/**
 * Puts the keys that an installation's transaction has made into the audit log, having read them back: what
 * each is for, what is wrapped, and what the installation says it is.
 */
export const logKeys = (
  db: Database,
  kms: KmsProvider,
  files: KeyFiles,
  {
    mode,
    logOrigin,
    clock = () => new Date(),
  }: { readonly mode: string; readonly logOrigin: string; readonly clock?: () => Date },
): KeysLog => {
  let audit: AuditLog | undefined
  const append: KeysLog['append'] = async (tx, created) => {
    const keyring = await loadKeyring(db, kms, tx)
    try {
      const log = createLogger('error')
      audit = new AuditLog({
        db,
        keyring,
        appendKey: readAppendKey(files),
        clock,
        log,
      })
      for (const { id, ...key } of created) {
        await audit.append(tx, {
          action: 'key.created',
          outcome: 'success',
          actor: { kind: 'system', name: 'install' },
          resource: { type: 'Key', id },
          facts: { mode, logOrigin, planned: await plannedIn(tx) },
          change: { before: null, after: { ...key, state: 'primary' } },
        })
      }
    } finally {
      keyring.close()
    }
  }
  return { append, close: async () => audit?.close() }
}
