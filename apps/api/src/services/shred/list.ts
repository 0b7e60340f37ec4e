import type { ListShredsOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { desc, eq } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { personOf, userNames } from '../users/names.ts'
import { destroyedView } from './view.ts'

const { legalHolds, shreds } = schema

const MOST = 200

/** Legal holds and destructions, the newest first. Names nobody but the people who acted: patients by id. */
export const listShreds = async ({
  ctx: { app, entry },
}: {
  readonly ctx: VerbContext<'shred.listed'>
}): Promise<ListShredsOutput> => {
  const found = await withTransaction(app.db, 'all', async (tx) => ({
    holds: await tx.orm
      .select()
      .from(legalHolds)
      .orderBy(desc(legalHolds.id))
      .limit(MOST + 1),
    done: await tx.orm
      .select()
      .from(shreds)
      .where(eq(shreds.state, 'done'))
      .orderBy(desc(shreds.decidedAt))
      .limit(MOST + 1),
  }))
  // One that the application has not written is in the process's log, and takes no other along.
  const holds = await counting(found.holds, (hold) => app.vouching.admits('legal-hold', hold))
  const done = await counting(found.done, (one) => app.vouching.admits('shred', one))
  const names = await userNames(app.db, [
    ...holds.flatMap(({ setBy, liftedBy }) => [setBy, liftedBy]),
    ...done.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]),
  ])
  entry.shown({ count: holds.length + done.length, resource: { type: 'Shred', id: null } })
  return {
    holds: holds.slice(0, MOST).map((hold) => ({
      id: hold.id,
      patientId: hold.patientId,
      setBy: personOf(names, hold.setBy),
      setAt: hold.setAt.toISOString(),
      liftedAt: hold.liftedAt?.toISOString() ?? null,
      liftedBy: hold.liftedBy === null ? null : personOf(names, hold.liftedBy),
    })),
    destroyed: done.slice(0, MOST).map((one) => ({
      ...destroyedView(names, one),
      patientId: one.patientId,
      ledgerIndex: one.ledgerIndex,
    })),
    cut: found.holds.length > MOST || found.done.length > MOST,
  }
}

const counting = async <Row>(
  rows: readonly Row[],
  admits: (row: Row) => Promise<boolean>,
): Promise<Row[]> => {
  const counted: Row[] = []
  for (const row of rows) if (await admits(row)) counted.push(row)
  return counted
}
