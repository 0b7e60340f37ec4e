import type { ListRolesOutput } from '@chartward/contract'
import { isRoleName } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { ROLE_DESCRIPTIONS } from './role-descriptions.ts'

/** The roles that can be assigned, in the policy's order. */
export const listRoles = async ({
  ctx,
}: {
  readonly ctx: VerbContext<'user.listed'>
}): Promise<ListRolesOutput> => {
  const roles = Object.values(ctx.app.policy.roles).map(({ name, title, privileged }) => ({
    name,
    title,
    privileged,
    description: isRoleName(name) ? ROLE_DESCRIPTIONS[name] : '',
  }))
  ctx.entry.shown({ count: roles.length, resource: { type: 'role', id: null } })
  return roles
}
