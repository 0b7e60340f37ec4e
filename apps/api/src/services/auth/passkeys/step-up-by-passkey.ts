import type { PasskeyUsed, StepUpOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../../guard/request-context.ts'
import { renewSession } from '../../../sessions/sessions.ts'
import { authStep, requireStage } from '../auth-entry.ts'
import { tellingRefusals } from './telling-refusals.ts'
import { checkPasskey } from './use-passkey.ts'

/** A fresh factor within a session that is full, by a passkey of its person. */
export const stepUpByPasskey = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: PasskeyUsed
}): Promise<StepUpOutput> =>
  authStep(ctx, 'auth.step-up', async (entry) =>
    tellingRefusals(ctx, entry, async () => {
      const { app } = ctx
      // A factor is what is asked for from elsewhere: here it is given.
      const { session } = await requireStage(ctx, entry, 'full', 'anywhere')
      const passkey = await checkPasskey(app, entry, { purpose: 'step-up', session }, input)
      const factorAt = app.clock()
      const { token } = await withTransaction(app.db, 'none', async (tx) => {
        await passkey.spend(tx)
        const renewed = await renewSession(tx, app, session, factorAt, ctx)
        if (session.elsewhere) entry.fact({ elsewhere: true })
        await entry.succeed(tx)
        return renewed
      })
      ctx.setToken(token)
      return { factorAt: factorAt.toISOString() }
    }),
  )
