import { schema, type Transaction } from '@chartward/db'
import { privilegedRoles, type UserId } from '@chartward/policy'
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'

const { approvals, roleAssignments } = schema

const REASON = 'Invited anew: a second person has to approve it again'

const isPendingFor = (userId: UserId) =>
  and(eq(approvals.kind, 'role-assignment'), eq(approvals.subjectId, userId), eq(approvals.status, 'pending'))

/**
 * Locks what is asked for somebody, so that nobody approves it meanwhile. Before the account: approving locks
 * in that order.
 */
export const lockPendingRoles = async (tx: Transaction, userId: UserId): Promise<void> => {
  await tx.orm.select({ id: approvals.id }).from(approvals).where(isPendingFor(userId)).for('update')
}

/**
 * Ends every assignment of a privileged role that somebody holds, with an entry of each, and withdraws
 * those that wait for a second person (only privileged ones do). The account is locked. Gives the ids of
 * what was withdrawn.
 */
export const endPrivilegedRoles = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  { userId, endedBy }: { readonly userId: UserId; readonly endedBy: UserId },
): Promise<{ withdrawn: string[] }> => {
  const now = app.clock()
  const held = await tx.orm
    .select()
    .from(roleAssignments)
    .where(
      and(
        eq(roleAssignments.userId, userId),
        inArray(roleAssignments.role, privilegedRoles(await app.policies.inForce())),
        or(isNull(roleAssignments.endsAt), gt(roleAssignments.endsAt, now)),
      ),
    )
    .for('update')
  for (const { id, role, endsAt } of held) {
    const end = { endsAt: now, endedBy, endReason: REASON }
    await app.vouching.end(tx, 'role-assignment', eq(roleAssignments.id, id), end)
    const subject = { user: userId, role }
    await app.audit.append(tx, {
      ...by,
      action: 'role.assignment.ended',
      outcome: 'success',
      resource: { type: 'role-assignment', id },
      change: {
        before: { ...subject, endsAt: endsAt?.toISOString() ?? null },
        after: { ...subject, endsAt: now.toISOString() },
      },
      note: REASON,
    })
  }
  const lapsed = { status: 'expired', decisionReason: REASON, decidedAt: now } as const
  const withdrawn = await app.vouching.end(tx, 'approval', isPendingFor(userId), lapsed)
  return { withdrawn: withdrawn.map(({ id }) => id) }
}
