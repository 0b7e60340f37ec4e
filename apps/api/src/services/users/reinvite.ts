import type { ReinviteUserInput, ReinviteUserOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { privilegedHeld } from './assignment-row.ts'
import { createInvitation, handOver } from './create-invitation.ts'
import { lockUser } from './lock-user.ts'
import { withdrawRequests } from './withdraw-requests.ts'

const REASON = 'Invited anew: a second person has to approve it again'

/**
 * Invites anew whoever has not finished enrolment. Whatever an earlier link has led to is void: the link
 * itself, the password set with it, and a session that was on its way to enrol a factor; so is what waits for
 * a second person. Whoever holds a privileged role is not invited anew by one person, who would see the link
 * to it: the role is ended first, by two, or the link comes from `chartward init` or `chartward recover`.
 */
export const reinviteUser = async ({
  ctx: { app, user, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'user.invited'>
  readonly input: ReinviteUserInput
}): Promise<ReinviteUserOutput> => {
  entry.about({ type: 'user', id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:user:invite')
    const { status } = await lockUser(tx, app, id)
    if (status !== 'invited') throw new ChartwardError('CONFLICT', 'This user has no invitation to renew.')
    const held = await privilegedHeld(tx, app, id)
    if (held.length > 0) {
      throw new ChartwardError(
        'CONFLICT',
        'This person holds a privileged role, which the new link would give to whoever sees it. End the role first; that takes a second person.',
      )
    }
    await endSessionsOf(tx, app, id, { reason: 'ended-by-administrator', by: user.id })
    const invitation = await createInvitation(tx, app, id, user.id)
    const invitationUrl = await handOver(tx, app, id, invitation)
    const linkShownTo = invitationUrl === null ? null : user.id
    const expiresAt = invitation.expiresAt.toISOString()
    const withdrawn = await withdrawRequests(tx, app, { userId: id, reason: REASON })
    await entry.changed(tx, {
      change: {
        before: { status },
        after: { status, invitation: invitation.id, expiresAt, withdrawn, linkShownTo },
      },
      patientId: null,
      records: null,
    })
    return { id, invitationUrl, expiresAt }
  })
}
