import { type Transaction, withTransaction } from '@chartward/db'
import type { SQL } from 'drizzle-orm'
import type { App } from '../app.ts'
import { takeCommitments } from '../audit/commitments.ts'
import type { Kind, NewRow } from '../vouch/kinds.ts'

/** Puts in rows that are vouched for, as if a verb had: no entry follows. */
export const insertVouched = <K extends Kind>(app: App, kind: K, rows: readonly NewRow<K>[]): Promise<void> =>
  withTransaction(app.db, 'all', async (tx) => {
    await app.vouching.insert(tx, kind, rows)
    takeCommitments(tx)
  })

/** Changes rows that are vouched for, as if a verb had: no entry follows. */
export const changeVouched = <K extends Kind>(
  app: App,
  kind: K,
  where: SQL,
  patch: Partial<NewRow<K>>,
): Promise<void> =>
  withTransaction(app.db, 'all', async (tx) => {
    await app.vouching.change(tx, kind, where, patch)
    takeCommitments(tx)
  })

/** As a verb would, but for its entry. */
export const withoutEntry = <T>(app: App, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  withTransaction(app.db, 'none', async (tx) => {
    const result = await work(tx)
    takeCommitments(tx)
    return result
  })
