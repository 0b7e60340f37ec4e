import type { FinishEnrolmentInput, FinishEnrolmentOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../guard/request-context.ts'
import { renewSession } from '../../sessions/sessions.ts'
import { notify } from '../notices/notify.ts'
import { updateUser } from '../users/user-row.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { confirmFactor } from './factors.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import { requireEnrolling } from './require-enrolling.ts'

/**
 * Confirms the new factor by a code of it, makes the account active and the session full, and gives the
 * recovery codes, once. Codes are not counted here: the secret they come from has just been shown to
 * the same session.
 */
export const finishEnrolment = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: FinishEnrolmentInput
}): Promise<FinishEnrolmentOutput> =>
  authStep(ctx, 'auth.factor.enrolled', async (entry) => {
    const { app } = ctx
    const { session } = await requireStage(ctx, entry, 'enrol')
    const { token, recoveryCodes } = await withTransaction(app.db, 'none', async (tx) => {
      await requireEnrolling(tx, app, session.userId)
      const factorId = await confirmFactor(tx, app, session.userId, input.code)
      const codes = await newRecoveryCodes(tx, app, session.userId)
      await updateUser(tx, app, session.userId, { status: 'active' })
      const renewed = await renewSession(tx, app, session, app.clock())
      entry.fact({ factor: factorId, kind: 'totp' })
      await entry.succeed(tx)
      await notify(tx, app, session.userId, { word: 'factor-added', from: ctx })
      return { token: renewed.token, recoveryCodes: codes }
    })
    ctx.setToken(token)
    return { recoveryCodes }
  })
