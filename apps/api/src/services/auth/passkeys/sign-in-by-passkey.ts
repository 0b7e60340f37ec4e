import type { PasskeyUsed, VerifyTotpOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../../guard/request-context.ts'
import { endSession, renewSession, startSession } from '../../../sessions/sessions.ts'
import { authStep, requireStage } from '../auth-entry.ts'
import { knowDevice } from '../know-device.ts'
import { tellingRefusals } from './telling-refusals.ts'
import { checkPasskey } from './use-passkey.ts'

/**
 * Signs in by a passkey: as the second step after a password, or as the only one, since the authenticator has
 * made sure of its owner itself. `endedOther`: a session of the same person elsewhere was ended for it.
 */
export const signInByPasskey = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: PasskeyUsed
}): Promise<VerifyTotpOutput> =>
  authStep(ctx, 'auth.sign-in.passkey', async (entry) =>
    tellingRefusals(ctx, entry, async () => {
      const { app } = ctx
      // Whoever has given their password goes on in that session; any other is given up.
      const begun = (await ctx.signedIn())?.session.stage === 'factor'
      const half = begun ? (await requireStage(ctx, entry, 'factor', 'anywhere')).session : null
      const purpose = half === null ? ('sign-in' as const) : ('factor' as const)
      const passkey = await checkPasskey(app, entry, { purpose, session: half }, input)
      const { userId } = passkey
      const { token, device, endedOther } = await withTransaction(app.db, 'none', async (tx) => {
        await passkey.spend(tx)
        if (half === null && ctx.token !== null)
          await endSession(tx, app, ctx.token, { reason: 'replaced', by: userId })
        const session =
          half ??
          (await startSession(tx, app, { userId, stage: 'factor', factorAt: null, origin: ctx })).session
        const renewed = await renewSession(tx, app, session, app.clock(), ctx)
        const known = await knowDevice(tx, ctx, userId)
        entry.by(userId, session.id)
        await entry.succeed(tx)
        return { ...renewed, device: known }
      })
      ctx.setToken(token)
      ctx.setDeviceToken(device)
      return { stage: 'full', endedOther }
    }),
  )
