import type { ConfirmAddressInput, ConfirmAddressOutput } from '@chartward/contract'
import { isUniqueViolation, withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import { notify } from '../notices/notify.ts'
import { updateUser } from '../users/user-row.ts'
import { lockAccount } from './account.ts'
import { findLink, revokeLinks, spendLink } from './account-link.ts'
import { authStep } from './auth-entry.ts'

/**
 * Makes the address that a link was sent to the one of its account: whoever holds the token reads what comes
 * there. The earlier address is told, and no link that went to it counts any more.
 */
export const confirmAddress = async ({
  ctx,
  input: { token },
}: {
  readonly ctx: RequestContext
  readonly input: ConfirmAddressInput
}): Promise<ConfirmAddressOutput> =>
  authStep(ctx, 'user.address.changed', async (entry) => {
    const { app } = ctx
    const { id, userId, newEmail } = await findLink(app, 'address', token)
    entry.about(userId)
    entry.fact({ link: id })
    if (newEmail === null) throw new ChartwardError('LINK_INVALID')
    try {
      await withTransaction(app.db, 'none', async (tx) => {
        const { status, email: earlier } = await lockAccount(tx, app, userId)
        if (status !== 'active') throw new ChartwardError('LINK_INVALID')
        await spendLink(tx, app, id)
        await revokeLinks(tx, app, userId)
        await updateUser(tx, app, userId, { email: newEmail })
        entry.by(userId, null)
        // The addresses stay out of the log: the account may be a patient's.
        await entry.succeed(tx, { change: { before: { confirmed: false }, after: { confirmed: true } } })
        await notify(tx, app, userId, { word: 'address-changed', to: earlier })
      })
    } catch (error) {
      if (isUniqueViolation(error, 'users_email'))
        throw new ChartwardError('CONFLICT', 'Somebody else has this address by now.', { cause: error })
      throw error
    }
    return { email: newEmail }
  })
