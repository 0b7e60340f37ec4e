import {
  decide,
  type FieldPath,
  type Permission,
  type Policy,
  type RowRule,
  type Statement,
} from '@chartward/policy'

/** A statement with its fields named one by one, as engines without a catalog take it. */
export interface Rule {
  readonly id: string
  readonly role: string
  readonly allows: boolean
  readonly permissions: readonly Permission[]
  readonly rows: RowRule
  readonly fields: readonly FieldPath[]
}

/** The statements of a policy as rules: each one's fields are those that decide() shows by it alone. */
export const rulesOf = (policy: Policy): readonly Rule[] =>
  Object.values(policy.roles).flatMap((role) =>
    role.statements.map((statement) => ({
      id: statement.id,
      role: role.name,
      allows: statement.effect === 'allow',
      permissions: statement.permissions,
      rows: statement.rows ?? 'all',
      fields: fieldsOf(statement),
    })),
  )

const fieldsOf = ({ id, clear = [] }: Statement): readonly FieldPath[] => {
  const name = 'alone'
  const now = new Date(0)
  const permissions = ['vault:record:read'] as const
  const decision = decide({
    actor: {
      kind: 'user',
      id: ALONE,
      roles: [{ name, assignmentId: name, startsAt: now, endsAt: null }],
      patientId: null,
    },
    permission: 'vault:record:read',
    resource: { kind: 'patients' },
    context: { now, factorAt: null, relationship: null },
    policy: {
      version: name,
      roles: {
        alone: {
          name,
          version: 1,
          title: name,
          description: name,
          privileged: false,
          statements: [{ id, effect: 'allow', permissions, rows: 'all', clear }],
        },
      },
    },
  })
  return decision.effect === 'allow' ? [...decision.scope.fields.keys()] : []
}

const ALONE = 'nobody' as Parameters<typeof decide>[0]['actor']['id']
