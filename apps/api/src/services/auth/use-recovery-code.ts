import type { UseRecoveryCodeInput, UseRecoveryCodeOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { spendRecoveryCode } from './recovery-codes.ts'
import { withFactor } from './with-factor.ts'

/**
 * The second step of sign-in for whoever has no authenticator at hand: one of the ten codes, each of
 * which counts once.
 */
export const useRecoveryCode = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: UseRecoveryCodeInput
}): Promise<UseRecoveryCodeOutput> => {
  const { spent } = await withFactor(
    ctx,
    { action: 'auth.sign-in.recovery-code', stage: 'factor' },
    (tx, userId) => spendRecoveryCode(tx, ctx.app, userId, input.code),
  )
  return { stage: 'full', remaining: spent }
}
