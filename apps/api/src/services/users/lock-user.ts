import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'

type UserRow = typeof schema.users.$inferSelect

/**
 * The row of a user of the workforce, locked for the rest of the transaction. Throws NOT_FOUND, also for a
 * patient's account, and INTEGRITY for a row that the application does not vouch for.
 */
export const lockUser = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  id: UserId,
): Promise<UserRow> => {
  const [row] = await tx.orm.select().from(schema.users).where(eq(schema.users.id, id)).for('no key update')
  if (row?.kind !== 'workforce') throw new ChartwardError('NOT_FOUND')
  return vouching.require('user', row)
}

/**
 * The same of a user who may still be given something. Throws CONFLICT for one who is deactivated or
 * locked down.
 */
export const lockLivingUser = async (
  tx: Transaction,
  app: Pick<App, 'vouching'>,
  id: UserId,
): Promise<UserRow> => {
  const row = await lockUser(tx, app, id)
  if (row.status === 'deactivated') throw new ChartwardError('CONFLICT', 'This user is deactivated.')
  if (row.status === 'suspended') throw new ChartwardError('CONFLICT', 'This user is locked down.')
  return row
}
