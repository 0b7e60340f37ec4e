import type { PasskeyWanted } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../guard/request-context.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { wantPasskey } from './passkeys/register-passkey.ts'
import { requireEnrolling } from './require-enrolling.ts'

/** What a first passkey is to be made of, in the place of an authenticator app. */
export const startPasskeyEnrolment = async ({
  ctx,
}: {
  readonly ctx: RequestContext
}): Promise<PasskeyWanted> =>
  authStep(ctx, 'auth.factor.enrol-start', async (entry) => {
    const { session, user } = await requireStage(ctx, entry, 'enrol')
    return withTransaction(ctx.app.db, 'none', async (tx) => {
      await requireEnrolling(tx, ctx.app, session)
      const wanted = await wantPasskey(tx, ctx.app, user, session.id)
      entry.fact({ kind: 'passkey' })
      await entry.succeed(tx)
      return wanted
    })
  })
