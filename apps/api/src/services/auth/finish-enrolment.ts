import type { FinishEnrolmentInput, FinishEnrolmentOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { enrolFactor } from './enrol-factor.ts'
import { confirmFactor } from './factors.ts'

/**
 * Confirms the new authenticator app by a code of it. Codes are not counted here: the secret they come from
 * has just been shown to the same session.
 */
export const finishEnrolment = async ({
  ctx,
  input: { code },
}: {
  readonly ctx: RequestContext
  readonly input: FinishEnrolmentInput
}): Promise<FinishEnrolmentOutput> =>
  authStep(ctx, 'auth.factor.enrolled', async (entry) => {
    const { session } = await requireStage(ctx, entry, 'enrol')
    return enrolFactor(ctx, entry, session, {
      kind: 'totp',
      put: (tx, userId) => confirmFactor(tx, ctx.app, userId, code),
    })
  })
