import { hash } from 'node:crypto'
import { type Transaction, withTransaction } from '@chartward/db'
import type { SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { App } from '../app.ts'
import { commitTo, takeCommitments } from '../audit/commitments.ts'
import { KIND_NAMES, KINDS, type Kind, type NewRow, ownerOf } from '../vouch/kinds.ts'
import { saidText } from '../vouch/text.ts'

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

/** Has one entry commit to all rows as they stand: those of a test's people have none of their own. */
export const logRows = (app: App): Promise<void> =>
  withTransaction(app.db, 'all', async (tx) => {
    for (const kind of KIND_NAMES) {
      const { table } = KINDS[kind]
      const rows: Readonly<Record<string, unknown>>[] = await tx.orm.select().from(table as PgTable)
      commitTo(
        tx,
        rows.map((row) => ({
          kind,
          id: String(row.id),
          owner: ownerOf(kind, row),
          version: Number(row.rowVersion),
          hash: hash('sha256', saidText(kind, Number(row.rowVersion), row), 'hex'),
        })),
      )
    }
    await app.audit.append(tx, {
      action: 'home.viewed',
      outcome: 'success',
      actor: { kind: 'system', name: 'test' },
      resource: { type: 'none', id: null },
    })
  })
