import type { ListRolesOutput } from '@chartward/contract'
import { PERMISSIONS, permitsOf, SECURITY_LABELS } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'

/** The roles that can be assigned, in the policy's order, and what each permits. */
export const listRoles = async ({
  ctx,
}: {
  readonly ctx: VerbContext<'user.listed'>
}): Promise<ListRolesOutput> => {
  const roles = Object.values(ctx.policy.roles).map((role) => {
    const { name, title, description, privileged } = role
    const { permissions, sees, labels } = permitsOf(ctx.policy, role)
    return {
      name,
      title,
      privileged,
      description,
      permits: permissions.map(({ permission, patients }) => {
        const { description: what, stepUp } = PERMISSIONS[permission]
        return { what, patients, stepUp }
      }),
      sees: [...sees],
      labels: labels.map((label) => SECURITY_LABELS[label]),
    }
  })
  ctx.entry.shown({ count: roles.length, resource: { type: 'role', id: null } })
  return roles
}
