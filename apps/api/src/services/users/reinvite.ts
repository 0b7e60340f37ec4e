import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import type { VerbContext } from '../../trpc/procedure.ts'
import { createInvitation } from './create-invitation.ts'
import type { InvitationView } from './invite.ts'
import { lockUser } from './lock-user.ts'

/**
 * Invites anew whoever has not finished enrolment. Whatever an earlier link has led to is void: the link itself, the password
 * set with it, and a session that was on its way to enrol a factor.
 */
export const reinviteUser = async ({
  ctx: { app, user, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'user.invited'>
  readonly input: { readonly id: string }
}): Promise<InvitationView> => {
  entry.about({ type: 'user', id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    const { status } = await lockUser(tx, id)
    if (status !== 'invited') throw new ChartwardError('CONFLICT', 'This user has no invitation to renew.')
    await endSessionsOf(tx, app, id, { reason: 'ended-by-administrator', by: user.id })
    const invitation = await createInvitation(tx, app, id, user.id)
    const expiresAt = invitation.expiresAt.toISOString()
    await entry.changed(tx, {
      change: {
        before: { status },
        after: { status, invitation: invitation.id, expiresAt },
      },
      patientId: null,
      records: null,
    })
    return { id, invitationUrl: invitation.url, expiresAt }
  })
}
