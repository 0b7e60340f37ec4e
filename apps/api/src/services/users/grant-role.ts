import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { revokeLinks } from '../auth/account-link.ts'
import { notify } from '../notices/notify.ts'
import { roleToGive } from '../roles/role-to-give.ts'
import { insertAssignment } from './assignment-row.ts'
import { lockLivingUser } from './lock-user.ts'

const { roleAssignments } = schema

interface Grant {
  readonly userId: UserId
  readonly role: string
  readonly reason: string
  /** When it begins, where that lies ahead; left out, now. */
  readonly startsAt?: Date
  readonly endsAt: Date | null
  /** Who asked for it; null for the installation itself. */
  readonly grantedBy: UserId | null
  readonly approvalId: string | null
}

/**
 * Puts a role assignment in force, with its entry, in the caller's transaction. Who may ask for it, and
 * whether a second person has agreed, was settled before. A link to a new password or address that one person
 * has had sent does not go with a privileged role. Throws CONFLICT where the user has the role already or is
 * deactivated.
 */
export const grantRole = async (tx: Transaction, app: App, by: EntryBase, grant: Grant): Promise<string> => {
  const now = app.clock()
  const { role, version: roleVersion } = await roleToGive(tx, app, grant.role)
  if (grant.endsAt !== null && grant.endsAt <= now) throw new ChartwardError('EXPIRED')
  await lockLivingUser(tx, app, grant.userId)
  await requireNotHeld(tx, app, grant)
  const id = newId()
  const startsAt = grant.startsAt ?? now
  await insertAssignment(tx, app, { id, ...grant, roleVersion, startsAt, createdAt: now })
  if (role.privileged) await revokeLinks(tx, app, grant.userId)
  await app.audit.append(tx, {
    ...by,
    action: 'role.assignment.granted',
    outcome: 'success',
    resource: { type: 'role-assignment', id },
    change: {
      before: null,
      after: {
        user: grant.userId,
        role: grant.role,
        ...(grant.startsAt === undefined ? {} : { startsAt: startsAt.toISOString() }),
        version: roleVersion,
        endsAt: grant.endsAt?.toISOString() ?? null,
        approval: grant.approvalId,
        grantedBy: grant.grantedBy,
      },
    },
    note: grant.reason,
  })
  await notify(tx, app, grant.userId, { word: 'role-given', role: grant.role })
  return id
}

/** Throws CONFLICT where the role is in force for the user already. */
export const requireNotHeld = async (
  tx: Transaction,
  { clock }: App,
  { userId, role }: Pick<Grant, 'userId' | 'role'>,
): Promise<void> => {
  const held = await tx.orm
    .select({ id: roleAssignments.id })
    .from(roleAssignments)
    .where(
      and(
        eq(roleAssignments.userId, userId),
        eq(roleAssignments.role, role),
        or(isNull(roleAssignments.endsAt), gt(roleAssignments.endsAt, clock())),
      ),
    )
    .limit(1)
  if (held.length > 0)
    throw new ChartwardError('CONFLICT', 'The user has this role already.', { field: 'role' })
}
