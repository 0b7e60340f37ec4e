import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Transaction } from '@chartward/db'
import { BackupError } from '../errors.ts'

/** The ledger of patients whose keys were destroyed, beside the log in its store: a signed line for each. */
export const SHRED_LEDGER = 'shred-ledger'

/**
 * Does again, in the restore's transaction, what the ledger of the log store says was shredded: keys and
 * tokens of these patients are gone before anybody can ask for them. Says of how many. It fails where there
 * is a ledger that it can't replay: nothing that was destroyed comes back by a restore.
 */
export type ReplayShreds = (tx: Transaction, storeFolder: string) => Promise<number>

export const replayShreds: ReplayShreds = async (_, storeFolder) => {
  if (!existsSync(join(storeFolder, SHRED_LEDGER))) return 0
  throw new BackupError(
    'not-ours',
    'The log store has a ledger of shredded patients that this version can not replay: use a later version.',
  )
}
