import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { lockAccount, readSignInRows } from './account.ts'

/**
 * Locks the account's row and throws CONFLICT unless it may enrol its first factor: it is
 * still an invited one, has never had a factor, and its password comes from an invitation that stands. A
 * session's stage alone is what was so once.
 */
export const requireEnrolling = async (
  tx: Transaction,
  app: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<void> => {
  const { status } = await lockAccount(tx, app, userId)
  const rows = await readSignInRows(tx, app, userId)
  if (rows === null) throw new ChartwardError('INTEGRITY')
  if (status !== 'invited' || rows.hasFactor || !rows.isInvited) {
    throw new ChartwardError('CONFLICT', 'There is nothing to enrol here. Sign in again.')
  }
}
