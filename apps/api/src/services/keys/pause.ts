import type { RotationInput } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { keyRotations } from './rotation-row.ts'

interface Call<A extends 'key.rotation-paused' | 'key.rotation-resumed'> {
  readonly ctx: VerbContext<A>
  readonly input: RotationInput
}

/**
 * Has a rotation stand still: what is done stays, and whatever was made with either key is opened as before.
 */
export const pauseRotation = ({
  ctx,
  input: { id },
}: Call<'key.rotation-paused'>): Promise<Record<never, never>> =>
  withTransaction(ctx.app.db, 'none', async (tx) => {
    ctx.entry.about({ type: 'KeyRotation', id }, null)
    await move(tx, id, 'running', 'paused')
    await ctx.entry.changed(tx, {
      change: { before: { state: 'running' }, after: { state: 'paused' } },
      patientId: null,
      records: null,
    })
    return {}
  })

/** Has it go on from where it stood. */
export const resumeRotation = ({
  ctx,
  input: { id },
}: Call<'key.rotation-resumed'>): Promise<Record<never, never>> =>
  withTransaction(ctx.app.db, 'none', async (tx) => {
    ctx.entry.about({ type: 'KeyRotation', id }, null)
    await move(tx, id, 'paused', 'running')
    await ctx.entry.changed(tx, {
      change: { before: { state: 'paused' }, after: { state: 'running' } },
      patientId: null,
      records: null,
    })
    return {}
  })

/** NOT_FOUND for no rotation, CONFLICT for one that is not in that state. */
const move = async (
  tx: Transaction,
  id: string,
  from: 'running' | 'paused',
  to: 'running' | 'paused',
): Promise<void> => {
  const [row] = await tx.orm.select().from(keyRotations).where(eq(keyRotations.id, id)).for('update')
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  if (row.state !== from) throw new ChartwardError('CONFLICT', `This rotation is not ${from}.`)
  await tx.orm
    .update(keyRotations)
    .set({ state: to })
    .where(and(eq(keyRotations.id, id), eq(keyRotations.state, from)))
}
