import { withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { workKindOf } from './kinds.ts'
import { isOpenRow, visibleTo } from './view.ts'
import { works } from './work.ts'

/**
 * Asks for the end of a work, of whoever sees it: whoever does it stops at the next safe point. NOT_FOUND for
 * one that is not seen, CONFLICT for one that has ended, or can't be cancelled.
 */
export const cancelWork = async ({
  ctx,
  input: { id },
}: {
  readonly ctx: VerbContext<'work.cancel-asked'>
  readonly input: { readonly id: string }
}): Promise<Record<never, never>> => {
  const { app, entry, user } = ctx
  entry.about({ type: 'Work', id }, null)
  await withTransaction(app.db, 'none', async (tx) => {
    const seen = and(eq(works.id, id), visibleTo(ctx))
    const [row] = await tx.orm.select().from(works).where(seen).for('update')
    if (row === undefined) throw new ChartwardError('NOT_FOUND')
    if (!isOpenRow(row)) throw new ChartwardError('CONFLICT', 'It has ended already.')
    if (workKindOf(row.kind).cancel === 'never')
      throw new ChartwardError('CONFLICT', 'It can not be cancelled.')
    if (row.cancelAskedAt === null)
      await app.vouching.change(tx, 'work', eq(works.id, id), {
        cancelAskedAt: app.clock(),
        cancelAskedBy: user.id,
      })
    await entry.changed(tx, { change: null, patientId: null, records: null })
  })
  return {}
}
