import type { StepUpInput, StepUpOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { notify } from '../notices/notify.ts'
import { spendTotpCode } from './factors.ts'
import { spendRecoveryCode } from './recovery-codes.ts'
import { withFactor } from './with-factor.ts'

/** A fresh factor within a session that is full: a TOTP code or, for want of one, a recovery code. */
export const stepUp = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: StepUpInput
}): Promise<StepUpOutput> => {
  const code = input.code.replace(/\s/g, '')
  const { factorAt } = await withFactor(
    ctx,
    { action: 'auth.step-up', stage: 'full' },
    async (tx, userId) => {
      if (/^\d{6}$/.test(code)) return spendTotpCode(tx, ctx.app, userId, code)
      await spendRecoveryCode(tx, ctx.app, userId, code)
      await notify(tx, ctx.app, userId, { word: 'recovery-code-used', from: ctx })
    },
  )
  return { factorAt: factorAt.toISOString() }
}
