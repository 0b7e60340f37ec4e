import {
  builtInPolicy,
  type DecisionRequest,
  FIELD_PATHS,
  type FieldPath,
  type FieldSelector,
  type PatientId,
  type Permission,
  type Policy,
  RESOURCE_TYPES,
  type ResourceType,
  type RowRule,
  type Statement,
  type UserId,
} from '@chartward/policy'

export const STATEMENTS = 50
const ROLES = 10
const QUESTIONS = 2000
const SEED = 20261129

/** The permissions that yield fields. */
const PERMISSIONS = [
  'vault:patient:list',
  'vault:patient:search',
  'vault:patient:read',
  'vault:record:list',
  'vault:record:read',
] as const satisfies readonly Permission[]

/** One question: is this field of this patient shown as it is, to somebody who holds these roles? */
export interface Question {
  readonly roles: readonly string[]
  readonly permission: Permission
  readonly inCare: boolean
  readonly self: boolean
  readonly type: ResourceType
  readonly field: FieldPath
  /** The same, in the form that decide() takes. */
  readonly request: DecisionRequest
}

/** Numbers of a fixed sequence (a linear congruential generator), so that each run asks the same. */
const numbers = (seed: number) => {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(next() * from.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  return { next, pick }
}

/** Selectors as roles that ship use them: classes, whole types, single fields. */
const SELECTORS: readonly FieldSelector[] = [
  ...new Set(
    Object.values(builtInPolicy.roles).flatMap(({ statements }) =>
      statements.flatMap(({ clear = [], masked = [] }) => [...clear, ...masked]),
    ),
  ),
]

/** Ten roles of five statements, a fifth of them denials, over all fields of the catalog. */
export const makePolicy = (): Policy => {
  const { next, pick } = numbers(SEED)
  const statement = (id: string, effect: Statement['effect']): Statement => ({
    id,
    effect,
    permissions: PERMISSIONS.filter(() => next() < 0.5),
    rows: pick<RowRule>(['care', 'care', 'all', 'self']),
    clear: Array.from({ length: effect === 'allow' ? 6 : 1 }, () => pick(SELECTORS)),
  })
  const roles = Array.from({ length: ROLES }, (_, role) => {
    const name = `role-${role}`
    const statements = Array.from({ length: STATEMENTS / ROLES }, (_, at) =>
      statement(`${name}/${at}`, at === 0 ? 'deny' : 'allow'),
    )
    return [
      name,
      { name, version: 1, title: name, description: name, privileged: false, statements },
    ] as const
  })
  return { version: 'bench/1', roles: Object.fromEntries(roles) }
}

const PATIENT = '0193511c-0000-7000-8000-00000000000a' as PatientId
const USER = '0193511c-0000-7000-8000-000000000001' as UserId

/** Questions of people with one to three roles, about one patient each. */
export const makeQuestions = (policy: Policy): readonly Question[] => {
  const { next, pick } = numbers(SEED + 1)
  const names = Object.keys(policy.roles)
  const now = new Date('2026-11-29T12:00:00.000Z')
  const since = new Date('2026-01-01T00:00:00.000Z')
  const sets = Array.from({ length: 40 }, () => [...new Set([pick(names), pick(names), pick(names)])])
  return Array.from({ length: QUESTIONS }, (): Question => {
    const roles = pick(sets)
    const permission = pick(PERMISSIONS)
    const inCare = next() < 0.6
    const self = next() < 0.1
    const type = pick(RESOURCE_TYPES)
    const field = pick(FIELD_PATHS.filter((path) => path.startsWith(`${type}.`)))
    return {
      roles,
      permission,
      inCare,
      self,
      type,
      field,
      request: {
        actor: {
          kind: 'user',
          id: USER,
          roles: roles.map((name) => ({ name, assignmentId: name, startsAt: since, endsAt: null })),
          patientId: self ? PATIENT : null,
        },
        permission,
        resource: { kind: 'patient', patientId: PATIENT, types: [type] },
        context: {
          now,
          factorAt: now,
          relationship: inCare ? { id: 'care', startsAt: since, endsAt: null } : null,
        },
        policy,
      },
    }
  })
}
