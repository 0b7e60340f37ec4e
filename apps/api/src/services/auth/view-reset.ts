import type { ViewResetInput, ViewResetOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { findLink } from './account-link.ts'
import { authStep } from './auth-entry.ts'

/** Whose password a link is for, shown to whoever holds its token. Looking does not use it up. */
export const viewReset = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: ViewResetInput
}): Promise<ViewResetOutput> =>
  authStep(ctx, 'auth.password.reset-viewed', async (entry) => {
    const { id, userId, displayName, email, expiresAt } = await findLink(
      ctx.app,
      'password-reset',
      input.token,
    )
    entry.about(userId)
    entry.fact({ link: id })
    await ctx.app.audit.commit(entry.draft('success', null))
    return { displayName, email, expiresAt: expiresAt.toISOString() }
  })
