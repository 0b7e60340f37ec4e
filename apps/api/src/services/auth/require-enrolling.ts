import type { Transaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { Session } from '../../sessions/session.ts'
import { lockAccount, readSignInRows } from './account.ts'
import { isOpen, standingReset } from './resets/reset-rows.ts'

/**
 * Locks the account's row and throws CONFLICT unless it may enrol a factor in this session: it is an invited
 * one, has never had a factor, and its password comes from an invitation that stands; or two administrators
 * have let its owner back (`reset`), who came in by that link. A session's stage alone is what was so once.
 */
export const requireEnrolling = async (
  tx: Transaction,
  app: Pick<App, 'clock' | 'vouching'>,
  { id: sessionId, userId }: Pick<Session, 'id' | 'userId'>,
): Promise<{ readonly reset: string | null }> => {
  const { status } = await lockAccount(tx, app, userId)
  if (status === 'active') {
    const reset = await standingReset(tx, app, userId)
    if (reset !== null && isOpen(reset, app.clock()) && reset.sessionId === sessionId)
      return { reset: reset.id }
  } else {
    const rows = await readSignInRows(tx, app, userId)
    if (rows === null) throw new ChartwardError('INTEGRITY')
    if (!rows.hasFactor && rows.isInvited) return { reset: null }
  }
  throw new ChartwardError('CONFLICT', 'There is nothing to enrol here. Sign in again.')
}
