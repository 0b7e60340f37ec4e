import type { ExplainAccessInput, ExplainAccessOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../guard/request-context.ts'
import { authStep, requireStage } from './auth-entry.ts'
import { stepUpByPasskey } from './passkeys/step-up-by-passkey.ts'
import { stepUp } from './step-up.ts'

/**
 * Says why more patients or records than is usual are opened in an hour; the privacy officer is told. With a
 * code it counts for everything. Without one, for whoever has none at hand, it counts for patients in the
 * person's own care: care is never refused for want of a code (ADR 037).
 */
export const explainAccess = async ({
  ctx,
  input: { reason, code, passkey },
}: {
  readonly ctx: RequestContext
  readonly input: ExplainAccessInput
}): Promise<ExplainAccessOutput> => {
  if (code !== undefined) await stepUp({ ctx, input: { code } })
  if (passkey !== undefined) await stepUpByPasskey({ ctx, input: passkey })
  return authStep(ctx, 'access.explained', async (entry) => {
    const { app } = ctx
    const { session } = await requireStage(
      ctx,
      entry,
      'full',
      code === undefined && passkey === undefined ? 'where-known' : 'anywhere',
    )
    entry.fact({ factor: code !== undefined || passkey !== undefined })
    await withTransaction(app.db, 'none', (tx) => entry.succeed(tx, { note: reason }))
    app.access.forget(session.userId)
    return {}
  })
}
