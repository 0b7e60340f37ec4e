import type { ReinviteUserInput, ReinviteUserOutput } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { createInvitation } from './create-invitation.ts'
import { endPrivilegedRoles, lockPendingRoles } from './end-privileged-roles.ts'
import { lockUser } from './lock-user.ts'
import { administering, requireAnotherAdministrator } from './require-another-administrator.ts'

const { roleAssignments } = schema

/**
 * Invites anew whoever has not finished enrolment. Whatever an earlier link has led to is void: the link
 * itself, the password set with it, and a session that was on its way to enrol a factor. So are the
 * privileged roles of the account: the link is shown to one administrator, and what a second person has
 * approved was meant for whoever the first link went to.
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
    await lockPendingRoles(tx, id)
    await requireApprover(tx, app, id, user.id)
    const { status } = await lockUser(tx, id)
    if (status !== 'invited') throw new ChartwardError('CONFLICT', 'This user has no invitation to renew.')
    await endSessionsOf(tx, app, id, { reason: 'ended-by-administrator', by: user.id })
    const invitation = await createInvitation(tx, app, id, user.id)
    const expiresAt = invitation.expiresAt.toISOString()
    const { withdrawn } = await endPrivilegedRoles(tx, app, entry.draft('success', null), {
      userId: id,
      endedBy: user.id,
    })
    await entry.changed(tx, {
      change: {
        before: { status },
        after: { status, invitation: invitation.id, expiresAt, withdrawn },
      },
      patientId: null,
      records: null,
    })
    return { id, invitationUrl: invitation.url, expiresAt }
  })
}

/**
 * Throws CONFLICT where an administrator would lose the role and nobody could approve it anew: until both of
 * the first two have enrolled, their links come from `chartward init`, and not from one of them.
 */
const requireApprover = async (tx: Transaction, app: App, id: UserId, by: UserId): Promise<void> => {
  const [administrator] = await tx.orm
    .select({ id: roleAssignments.id })
    .from(roleAssignments)
    .where(
      and(
        eq(roleAssignments.userId, id),
        inArray(roleAssignments.role, administering(await app.policies.inForce())),
        or(isNull(roleAssignments.endsAt), gt(roleAssignments.endsAt, app.clock())),
      ),
    )
    .limit(1)
  if (administrator === undefined) return
  const message =
    'Nobody could approve the role of this administrator anew: whoever operates Chartward makes the link, by `chartward init`.'
  await requireAnotherAdministrator(tx, app, ({ userId }) => userId === by, message)
}
