import type { UseRecoveryCodeInput, UseRecoveryCodeOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { notify } from '../notices/notify.ts'
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
    async (tx, userId) => {
      const left = await spendRecoveryCode(tx, ctx.app, userId, input.code)
      await notify(tx, ctx.app, userId, { word: 'recovery-code-used', from: ctx })
      return left
    },
  )
  return { stage: 'full', remaining: spent }
}
