import type { Action } from '@chartward/audit'
import { type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { RequestContext } from '../../guard/request-context.ts'
import type { SessionStage } from '../../sessions/session.ts'
import { renewSession } from '../../sessions/sessions.ts'
import { lockAccount } from './account.ts'
import { factorAttempts, forgetAttempts, withAttemptCounted } from './attempts.ts'
import { authStep, requireStage } from './auth-entry.ts'

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
    const { session } = await requireStage(ctx, entry, step.stage)
    const attempts = factorAttempts(app, session.userId)
    const { token, ...taken } = await withAttemptCounted(app, entry, attempts, () =>
      withTransaction(app.db, 'none', async (tx) => {
        await lockAccount(tx, app, session.userId)
        const spent = await spend(tx, session.userId)
        const factorAt = app.clock()
        const renewed = await renewSession(tx, app, session, factorAt)
        await forgetAttempts(tx, app, attempts)
        await entry.succeed(tx)
        return { token: renewed.token, spent, endedOther: renewed.endedOther, factorAt }
      }),
    )
    ctx.setToken(token)
    return taken
  })
