import type { Action } from '@chartward/audit'
import { type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { RequestContext } from '../../guard/request-context.ts'
import { findDevice } from '../../sessions/device.ts'
import type { SessionStage } from '../../sessions/session.ts'
import { renewSession } from '../../sessions/sessions.ts'
import { lockAccount } from './account.ts'
import { factorAttempts, forgetAttempts, withAttemptCounted } from './attempts.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { knowDevice } from './know-device.ts'

/**
 * Takes a factor from whoever stands at `stage`, under the counter of their codes. `spend` spends it and
 * throws where it is wrong; then the session is full with a fresh factor and a new token, all in one
 * transaction: a code whose step fails is not spent.
 */
export const withFactor = async <T>(
  ctx: RequestContext,
  step: { readonly action: Action; readonly stage: SessionStage },
  spend: (tx: Transaction, userId: UserId) => Promise<T>,
): Promise<{ spent: T; endedOther: boolean; factorAt: Date }> =>
  authStep(ctx, step.action, async (entry) => {
    const { app } = ctx
    // A factor is what is asked for from elsewhere: here it is given.
    const { session } = await requireStage(ctx, entry, step.stage, 'anywhere')
    const { userId } = session
    const device = await findDevice(app.db, app, ctx.deviceToken, { userId })
    const attempts = factorAttempts(app, userId, device)
    const { token, known, ...taken } = await withAttemptCounted(app, entry, attempts, () =>
      withTransaction(app.db, 'none', async (tx) => {
        await lockAccount(tx, app, session.userId)
        const spent = await spend(tx, session.userId)
        const factorAt = app.clock()
        const renewed = await renewSession(tx, app, session, factorAt, ctx)
        await forgetAttempts(tx, app, attempts)
        const known = step.stage === 'factor' ? await knowDevice(tx, ctx, userId) : null
        if (session.elsewhere) entry.fact({ elsewhere: true })
        await entry.succeed(tx)
        return { token: renewed.token, known, spent, endedOther: renewed.endedOther, factorAt }
      }),
    )
    ctx.setToken(token)
    if (known !== null) ctx.setDeviceToken(known)
    return taken
  })
