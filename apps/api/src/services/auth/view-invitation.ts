import type { ViewInvitationInput, ViewInvitationOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { authStep } from './auth-entry.ts'
import { findInvitation } from './invitation.ts'

/** Whom an invitation is for, shown to whoever holds its token. Looking does not use it up. */
export const viewInvitation = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: ViewInvitationInput
}): Promise<ViewInvitationOutput> =>
  authStep(ctx, 'auth.invitation.viewed', async (entry) => {
    const invitation = await findInvitation(ctx.app, input.token)
    entry.about(invitation.userId)
    entry.fact({ invitation: invitation.id })
    await ctx.app.audit.commit(entry.draft('success', null))
    const { displayName, email, expiresAt } = invitation
    return { displayName, email, expiresAt: expiresAt.toISOString() }
  })
