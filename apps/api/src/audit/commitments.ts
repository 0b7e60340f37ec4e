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

/** As many rows as one entry names at most: some 200 bytes each, of the 64 KiB that an entry may have. */
const MOST_ROWS = 200

/**
 * Takes what the transaction's next entries commit to, an entry's worth at a time, at least one; of a row
 * that was written twice, how it stands now.
 */
export const takeCommitments = (tx: Transaction): [EntryRow[], ...EntryRow[][]] => {
  const waiting = open.get(tx) ?? []
  const last = [...new Map(waiting.map((row) => [`${row.kind}/${row.id}`, row])).values()]
  waiting.length = 0
  const more: EntryRow[][] = []
  for (let from = MOST_ROWS; from < last.length; from += MOST_ROWS) {
    more.push(last.slice(from, from + MOST_ROWS))
  }
  return [last.slice(0, MOST_ROWS), ...more]
}
