import type { ListRolesOutput } from '@chartward/contract'
import { assignableRoles } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'

/** The roles that can be assigned, in the policy's order. */
export const listRoles = async ({
  ctx,
}: {
  readonly ctx: VerbContext<'user.listed'>
}): Promise<ListRolesOutput> => {
  const roles = assignableRoles(ctx.policy).map(({ name, title, description, privileged }) => ({
    name,
    title,
    privileged,
    description,
  }))
  ctx.entry.shown({ count: roles.length, resource: { type: 'role', id: null } })
  return roles
}
