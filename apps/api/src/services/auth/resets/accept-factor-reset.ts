import type { AcceptFactorResetInput, AcceptFactorResetOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../../core/errors.ts'
import type { RequestContext } from '../../../guard/request-context.ts'
import { findDevice } from '../../../sessions/device.ts'
import { endSessionsOf, startSession } from '../../../sessions/sessions.ts'
import { lockAccount } from '../account.ts'
import { forgetAttempts, passwordAttempts, withAttemptCounted } from '../attempts.ts'
import { authStep } from '../auth-entry.ts'
import { calledAs } from '../called-as.ts'
import { findCredentials, requireSameCredentials } from '../credentials.ts'
import { passwordFits } from '../password-hash.ts'
import { acceptReset, resetOfToken } from './reset-rows.ts'

const { users } = schema

/**
 * The way back of somebody who has lost their factor: by the link that two administrators have agreed to, and
 * the password, which neither of them knows. It leads to the enrolment of another factor, in this session
 * alone, and nowhere else.
 */
export const acceptFactorReset = async ({
  ctx,
  input: { token, password },
}: {
  readonly ctx: RequestContext
  readonly input: AcceptFactorResetInput
}): Promise<AcceptFactorResetOutput> =>
  authStep(ctx, 'auth.factor-reset.accepted', async (entry) => {
    const { app } = ctx
    const reset = await resetOfToken(app, token)
    const { userId } = reset
    entry.about(userId)
    entry.fact({ reset: reset.id })
    const [user] = await app.db.orm.select().from(users).where(eq(users.id, userId))
    if (user === undefined) throw new ChartwardError('RESET_INVALID')
    const whose = await calledAs(app, await app.vouching.require('user', user))
    if (whose === null) throw new ChartwardError('RESET_INVALID')
    const device = await findDevice(app.db, app, ctx.deviceToken, { userId })
    const attempts = passwordAttempts(app, whose, device)
    const sessionToken = await withAttemptCounted(app, entry, attempts, async () => {
      const found = await findCredentials(app.db, app, whose)
      const fits = await passwordFits(app, found?.passwordHash ?? null, password)
      if (found === null || !fits)
        throw new ChartwardError('WRONG_CREDENTIALS', 'This is not your password.', { field: 'password' })
      return withTransaction(app.db, 'none', async (tx) => {
        await lockAccount(tx, app, userId)
        await requireSameCredentials(tx, app, whose, found)
        await endSessionsOf(tx, app, userId, { reason: 'replaced', by: userId })
        const started = await startSession(tx, app, { userId, stage: 'enrol', factorAt: null, origin: ctx })
        await acceptReset(tx, app, reset, started.session.id)
        await forgetAttempts(tx, app, attempts)
        entry.by(userId, started.session.id)
        await entry.succeed(tx, { change: { before: { accepted: false }, after: { accepted: true } } })
        return started.token
      })
    })
    ctx.setToken(sessionToken)
    return { stage: 'enrol' }
  })
