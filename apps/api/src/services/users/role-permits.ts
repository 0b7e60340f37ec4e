import type { RolePermits, RolePermitsInput, RolePermitsOutput } from '@chartward/contract'
import { PERMISSIONS, type Policy, permitsOf, type Role, SECURITY_LABELS } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'

/** What a role permits at most, as the policy decides it, in words. */
export const permitsInWords = (policy: Policy, role: Role): RolePermits => {
  const { name, title, version, privileged, description } = role
  const { permissions, sees, labels } = permitsOf(policy, role)
  return {
    name,
    title,
    version,
    privileged,
    description,
    permits: permissions.map(({ permission, patients }) => {
      const { description: what, stepUp } = PERMISSIONS[permission]
      return { what, patients, stepUp }
    }),
    sees: [...sees],
    labels: labels.map((label) => SECURITY_LABELS[label]),
  }
}

/** What one role permits, or each. */
export const showRolePermits = async ({
  ctx: { policy, entry },
  input: { role: name },
}: {
  readonly ctx: VerbContext<'user.listed'>
  readonly input: RolePermitsInput
}): Promise<RolePermitsOutput> => {
  const roles = Object.values(policy.roles).filter((role) => name === undefined || role.name === name)
  if (roles.length === 0) throw new ChartwardError('NOT_FOUND')
  entry.shown({ count: roles.length, resource: { type: 'role', id: null } })
  return roles.map((role) => permitsInWords(policy, role))
}
