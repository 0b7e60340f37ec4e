import { schema, type Transaction } from '@chartward/db'
import { assignmentKey, rolesAllowing, type UserId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'

/**
 * Whether a user holds a role in force that reads the patients in one's care; null for nobody who is active.
 */
export const holdsRoleForCare = async (
  tx: Transaction,
  { app, policy }: Pick<VerbContext, 'app' | 'policy'>,
  userId: UserId,
): Promise<boolean | null> => {
  const { roleAssignments: held, users } = schema
  const now = app.clock()
  const rows = await tx.orm
    .select({ role: held.role, version: held.roleVersion, startsAt: held.startsAt, endsAt: held.endsAt })
    .from(users)
    .leftJoin(held, eq(held.userId, users.id))
    .where(and(eq(users.id, userId), eq(users.kind, 'workforce'), eq(users.status, 'active')))
  if (rows.length === 0) return null
  const caring = rolesAllowing(policy, 'vault:record:read', 'care')
  return rows.some(
    ({ role, version, startsAt, endsAt }) =>
      role !== null &&
      caring.includes(assignmentKey({ name: role, version })) &&
      startsAt !== null &&
      startsAt <= now &&
      (endsAt === null || endsAt > now),
  )
}
