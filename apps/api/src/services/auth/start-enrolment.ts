import type { StartEnrolmentOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../guard/request-context.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { startFactor } from './factors.ts'
import { requireEnrolling } from './require-enrolling.ts'
import { otpauthUri, secretText } from './totp.ts'

/** Shows the secret of a new TOTP factor, once. It counts for nothing until a code of it has come back. */
export const startEnrolment = async ({
  ctx,
}: {
  readonly ctx: RequestContext
}): Promise<StartEnrolmentOutput> =>
  authStep(ctx, 'auth.factor.enrol-start', async (entry) => {
    const { session, user } = await requireStage(ctx, entry, 'enrol')
    return withTransaction(ctx.app.db, 'none', async (tx) => {
      await requireEnrolling(tx, ctx.app, session)
      const secret = await startFactor(tx, ctx.app, user.id)
      await entry.succeed(tx)
      return { otpauthUri: otpauthUri(secret, user.email), secret: secretText(secret) }
    })
  })
