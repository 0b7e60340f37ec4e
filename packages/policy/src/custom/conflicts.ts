import type { Permission } from '../permissions.ts'
import type { Policy, RoleRef } from '../policy.ts'
import { roleOf } from '../policy.ts'

/** Two duties that one person should not have. */
export interface DutyConflict {
  readonly duties: readonly [Permission, Permission]
  readonly says: string
}

/** Separation of duties, declared. No built-in role holds both of a pair; a person who would is named. */
export const DUTY_CONFLICTS: readonly DutyConflict[] = Object.freeze([
  {
    duties: ['export:request:create', 'export:request:decide'],
    says: 'Would request exports and decide on exports.',
  },
  {
    duties: ['access:assignment:request', 'audit:entry:search'],
    says: 'Would give access and watch over the audit log of it.',
  },
  {
    duties: ['access:assignment:request', 'vault:record:read'],
    says: 'Would give access and read records.',
  },
  {
    duties: ['vault:record:read', 'audit:access:list'],
    says: 'Would read records and watch over who reads them.',
  },
])

/** The pairs of which these roles of one person hold both sides. */
export const conflictsOf = (policy: Policy, held: readonly RoleRef[]): readonly DutyConflict[] => {
  const permissions = new Set<string>(
    held.flatMap((ref) =>
      (roleOf(policy, ref)?.statements ?? [])
        .filter(({ effect }) => effect === 'allow')
        .flatMap((statement) => statement.permissions),
    ),
  )
  return DUTY_CONFLICTS.filter(({ duties }) => duties.every((duty) => permissions.has(duty)))
}
