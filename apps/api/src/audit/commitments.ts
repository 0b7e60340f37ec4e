import type { EntryRow } from '@chartward/audit'
import type { Transaction } from '@chartward/db'

/** What rows a transaction has written that no entry of it commits to yet. */
const open = new WeakMap<Transaction, EntryRow[]>()

/**
 * Notes that a row of this transaction has to be committed to: by its next audit entry, whichever that is. A
 * transaction that would end without one is undone.
 */
export const commitTo = (tx: Transaction, rows: readonly EntryRow[]): void => {
  const waiting = open.get(tx)
  if (waiting !== undefined) {
    waiting.push(...rows)
    return
  }
  open.set(tx, [...rows])
  tx.beforeCommit(() => {
    if ((open.get(tx) ?? []).length > 0) {
      throw new Error('a row that is vouched for was changed, and no audit entry came after it')
    }
  })
}

/** Takes what the transaction's next entry commits to; of a row that was written twice, how it stands now. */
export const takeCommitments = (tx: Transaction): EntryRow[] => {
  const waiting = open.get(tx)
  if (waiting === undefined) return []
  const last = new Map(waiting.map((row) => [`${row.kind}/${row.id}`, row]))
  waiting.length = 0
  return [...last.values()]
}
