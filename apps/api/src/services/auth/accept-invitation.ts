import type { AcceptInvitationInput, AcceptInvitationOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import { endSessionsOf, startSession } from '../../sessions/sessions.ts'
import { lockAccount } from './account.ts'
import { authStep } from './auth-entry.ts'
import { findInvitation, spendInvitation } from './invitation.ts'
import { hashNewPassword, storePassword } from './passwords.ts'

/**
 * Takes over an account by its invitation: sets the password, and lets its holder on to enrol a factor,
 * and nowhere else.
 */
export const acceptInvitation = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: AcceptInvitationInput
}): Promise<AcceptInvitationOutput> =>
  authStep(ctx, 'auth.invitation.accepted', async (entry) => {
    const { app } = ctx
    const { id, userId, kind, email, displayName } = await findInvitation(app, input.token)
    entry.about(userId)
    entry.fact({ invitation: id })
    const hash = await hashNewPassword(app, { id: userId, email, displayName }, input.password)
    const token = await withTransaction(app.db, 'none', async (tx) => {
      const { status } = await lockAccount(tx, app, userId)
      if (status !== 'invited') throw new ChartwardError('INVITATION_INVALID')
      await spendInvitation(tx, app, id)
      await storePassword(tx, app, { id: userId, kind, email }, hash)
      // A session begun with an earlier invitation must not enrol a factor next to this one's holder.
      await endSessionsOf(tx, app, userId, { reason: 'replaced', by: userId })
      const started = await startSession(tx, app, { userId, stage: 'enrol', factorAt: null, origin: ctx })
      entry.by(userId, started.session.id)
      await entry.succeed(tx, { change: { before: { accepted: false }, after: { accepted: true } } })
      await entry.succeed(tx, { action: 'auth.password.set' })
      return started.token
    })
    ctx.setToken(token)
    return { stage: 'enrol' }
  })
