import type { ChangePasswordInput, ChangePasswordOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { STEP_UP_SECONDS } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import { findDevice } from '../../sessions/device.ts'
import type { Session } from '../../sessions/session.ts'
import { renewSession } from '../../sessions/sessions.ts'
import { notify } from '../notices/notify.ts'
import { lockAccount } from './account.ts'
import { forgetAttempts, passwordAttempts, withAttemptCounted } from './attempts.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { findCredentials, requireSameCredentials } from './credentials.ts'
import { passwordFits } from './password-hash.ts'
import { hashNewPassword, storePassword } from './passwords.ts'

/**
 * A person changes their own password: with the one they have, counted as any other guess at it, and a fresh
 * factor. Their other sessions end and this one goes on under a new token, so that whoever took the old
 * password, or the cookie, has neither (45 CFR 164.308(a)(5)(ii)(D)).
 */
export const changePassword = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: ChangePasswordInput
}): Promise<ChangePasswordOutput> =>
  authStep(ctx, 'auth.password.changed', async (entry) => {
    const { app } = ctx
    const { session, user } = await requireStage(ctx, entry, 'full')
    const factorAt = requireFreshFactor(session, app.clock())
    const device = await findDevice(app.db, app, ctx.deviceToken, { userId: user.id })
    const attempts = passwordAttempts(app, user, device)
    const found = await withAttemptCounted(app, entry, attempts, async () => {
      const credentials = await findCredentials(app.db, app, user)
      const fits = await passwordFits(app, credentials?.passwordHash ?? null, input.current)
      if (credentials === null || !fits) {
        throw new ChartwardError('WRONG_CREDENTIALS', 'This is not your password.', { field: 'current' })
      }
      await forgetAttempts(app.db, app, attempts)
      return credentials
    })
    const hash = await hashNewPassword(app, user, input.password)
    const { token, endedOther } = await withTransaction(app.db, 'none', async (tx) => {
      await lockAccount(tx, app, user.id)
      await requireSameCredentials(tx, app, user, found)
      await storePassword(tx, app, user, hash)
      await notify(tx, app, user.id, { word: 'password-changed', from: ctx })
      const renewed = await renewSession(tx, app, session, factorAt)
      await entry.succeed(tx)
      return renewed
    })
    ctx.setToken(token)
    return { endedOther }
  })

/** When the factor was given, where that is not too long ago; else throws STEP_UP_REQUIRED. */
const requireFreshFactor = ({ factorAt }: Session, now: Date): Date => {
  const age = factorAt === null ? Number.NaN : (now.getTime() - factorAt.getTime()) / 1000
  if (factorAt === null || !(age <= STEP_UP_SECONDS)) throw new ChartwardError('STEP_UP_REQUIRED')
  return factorAt
}
