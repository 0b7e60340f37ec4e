import type { ResetPasswordInput, ResetPasswordOutput } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import { findDevice } from '../../sessions/device.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { notify } from '../notices/notify.ts'
import { lockAccount } from './account.ts'
import { findLink, spendLink } from './account-link.ts'
import { factorAttempts, forgetAttempts, withAttemptCounted } from './attempts.ts'
import { authStep } from './auth-entry.ts'
import { spendTotpCode } from './factors.ts'
import { hashNewPassword, storePassword } from './passwords.ts'
import { spendRecoveryCode } from './recovery-codes.ts'

/**
 * A new password by a link and the second factor, which is kept: whoever has the mailbox alone gets nowhere.
 * The code is looked at, counted as any other guess at it, before anything is said of the password: what was
 * used before is for its owner to know. Every session ends, and the person signs in anew.
 */
export const resetPassword = async ({
  ctx,
  input: { token, password, code: typed },
}: {
  readonly ctx: RequestContext
  readonly input: ResetPasswordInput
}): Promise<ResetPasswordOutput> =>
  authStep(ctx, 'auth.password.reset', async (entry) => {
    const { app } = ctx
    const { id, userId, kind, email, displayName } = await findLink(app, 'password-reset', token)
    entry.about(userId)
    entry.fact({ link: id })
    const device = await findDevice(app.db, app, ctx.deviceToken, { userId })
    const attempts = factorAttempts(app, userId, device)
    const spend = (tx: Transaction) => spendFactor(tx, app, userId, typed.replace(/\s/g, ''))
    await withAttemptCounted(app, entry, attempts, async () => {
      await requireThatItFits(app, userId, spend)
      const hash = await hashNewPassword(app, { id: userId, email, displayName }, password)
      await withTransaction(app.db, 'none', async (tx) => {
        const { status } = await lockAccount(tx, app, userId)
        if (status !== 'active') throw new ChartwardError('LINK_INVALID')
        await spendLink(tx, app, id)
        await spend(tx)
        await storePassword(tx, app, { id: userId, kind, email }, hash)
        await endSessionsOf(tx, app, userId, { reason: 'password-reset', by: userId })
        await forgetAttempts(tx, app, attempts)
        entry.by(userId, null)
        await entry.succeed(tx)
        await notify(tx, app, userId, { word: 'password-reset', from: ctx })
      })
    })
    return {}
  })

const spendFactor = async (tx: Transaction, app: App, userId: UserId, code: string): Promise<void> => {
  if (/^\d{6}$/.test(code)) await spendTotpCode(tx, app, userId, code)
  else await spendRecoveryCode(tx, app, userId, code)
}

class ItFits extends Error {}

/** Spends the code in a transaction that is undone: the same check, and the code is left for what follows. */
const requireThatItFits = async (
  app: App,
  userId: UserId,
  spend: (tx: Transaction) => Promise<void>,
): Promise<void> => {
  try {
    await withTransaction(app.db, 'none', async (tx) => {
      await lockAccount(tx, app, userId)
      await spend(tx)
      throw new ItFits()
    })
  } catch (error) {
    if (!(error instanceof ItFits)) throw error
  }
}
