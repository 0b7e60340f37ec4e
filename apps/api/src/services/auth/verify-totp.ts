import type { VerifyTotpInput, VerifyTotpOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { spendTotpCode } from './factors.ts'
import { withFactor } from './with-factor.ts'

/**
 * The second step of sign-in, by authenticator app. `endedOther`: a session of the same person elsewhere
 * was ended for it.
 */
export const verifyTotp = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: VerifyTotpInput
}): Promise<VerifyTotpOutput> => {
  const { endedOther } = await withFactor(
    ctx,
    { action: 'auth.sign-in.totp', stage: 'factor' },
    (tx, userId) => spendTotpCode(tx, ctx.app, userId, input.code),
  )
  return { stage: 'full', endedOther }
}
