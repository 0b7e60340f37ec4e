import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The ledger of patients whose keys were destroyed, beside the log in its store: a signed line for each. */
const SHRED_LEDGER = join('shred-ledger', 'lines')

/**
 * How many destructions the ledger of a log store tells of. The API does each of them again before it serves
 * a request (`services/shred/replay.ts`), so nothing that was destroyed comes back by a restore; here it is
 * only said.
 */
export const ledgerLines = async (storeFolder: string): Promise<number> => {
  try {
    const text = await readFile(join(storeFolder, SHRED_LEDGER), 'utf8')
    return text.split('\n').filter((line) => line !== '').length
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw error
  }
}
