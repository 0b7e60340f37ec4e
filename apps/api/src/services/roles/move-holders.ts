import type { Transaction } from '@chartward/db'
import { schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { revokeLinks } from '../auth/account-link.ts'
import { notify } from '../notices/notify.ts'
import type { Plan } from './plan.ts'

const { customRoles, roleAssignments } = schema

/**
 * Puts a version in force as planned, in the caller's transaction: the role's own entry first, then for each
 * person who is moved their row, an entry that commits to it, and a notice. Gives how many were moved.
 */
export const putPlanInForce = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  { row, role, moving, difference }: Plan,
  said: { readonly reason: string; readonly approval: string | null; readonly requestedBy: UserId },
): Promise<number> => {
  const { reason, approval, requestedBy } = said
  const { name, version } = role
  const resource = { type: 'role', id: row.id } as const
  const inForce = difference.forAll ? version : row.inForce
  if (difference.forAll) await app.vouching.change(tx, 'custom-role', eq(customRoles.id, row.id), { inForce })
  await app.audit.append(tx, {
    ...by,
    action: 'role.version.in-force',
    outcome: 'success',
    resource,
    count: moving.length,
    change: {
      before: { role: name, inForce: row.inForce },
      after: {
        role: name,
        version,
        inForce,
        forAll: difference.forAll,
        moved: moving.length,
        approval,
        requestedBy,
      },
    },
    note: reason,
  })
  for (const held of moving) {
    const standing = eq(roleAssignments.id, held.id)
    await app.vouching.change(tx, 'role-assignment', standing, { roleVersion: version })
    // What one person has had sent does not go with what takes two.
    if (role.privileged) await revokeLinks(tx, app, held.userId)
    await app.audit.append(tx, {
      ...by,
      action: 'role.assignment.moved',
      outcome: 'success',
      resource: { type: 'role-assignment', id: held.id },
      change: {
        before: { user: held.userId, role: name, version: held.roleVersion },
        after: { user: held.userId, role: name, version, approval },
      },
    })
    await notify(tx, app, held.userId, { word: 'role-changed', role: name })
  }
  return moving.length
}
