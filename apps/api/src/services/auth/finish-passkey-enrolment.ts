import type { FinishEnrolmentOutput, PasskeyMade } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { enrolFactor } from './enrol-factor.ts'
import { checkNewPasskey } from './passkeys/register-passkey.ts'
import { tellingRefusals } from './passkeys/telling-refusals.ts'

/** Puts the first passkey in force. */
export const finishPasskeyEnrolment = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: PasskeyMade
}): Promise<FinishEnrolmentOutput> =>
  authStep(ctx, 'auth.factor.enrolled', async (entry) =>
    tellingRefusals(ctx, entry, async () => {
      const { session } = await requireStage(ctx, entry, 'enrol')
      const { userId, id: sessionId } = session
      const passkey = await checkNewPasskey(ctx.app, { userId, sessionId }, input)
      return enrolFactor(ctx, entry, session, { kind: 'passkey', put: passkey.add })
    }),
  )
