import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldPath, ResourceType } from './catalog/index.ts'
import type { Decision, DecisionResource } from './decision.ts'
import type { Permission } from './permissions.ts'
import type { Policy, Statement } from './policy.ts'
import { fieldAccess } from './scope.ts'
import type { FieldSelector } from './selectors.ts'
import {
  ANOTHER_PATIENT,
  ANOTHER_USER,
  ask,
  at,
  IN_CARE,
  MANY_PATIENTS,
  NOTHING,
  NOW,
  ONE_PATIENT,
  onTypes,
  PATIENT_ID,
  policyOf,
} from './testing/ask.ts'

const DIRECTORY: readonly ResourceType[] = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Group',
  'Medication',
]

const SETTINGS = { seed: 20261122, numRuns: 300 } as const
const ROLES = ['a', 'b', 'c'] as const
const PERMISSIONS: readonly Permission[] = [
  'vault:record:read',
  'vault:patient:search',
  'care:relationship:create',
  'export:request:decide',
]
const SELECTORS: readonly FieldSelector[] = [
  'class:identity',
  'class:clinical',
  'class:narrative',
  'class:billing',
  'Patient.*',
  'Observation.*',
  'Practitioner.*',
  'Patient.name',
  'Patient.ssn',
  'Observation.note',
]
const TYPES: readonly ResourceType[] = ['Patient', 'Observation', 'Claim', 'Practitioner']

const selectors = fc.subarray([...SELECTORS])
const statement = (effect: fc.Arbitrary<Statement['effect']>): fc.Arbitrary<Statement> =>
  fc.record(
    {
      id: fc.constant('x/x'),
      effect,
      permissions: fc.subarray([...PERMISSIONS], { minLength: 1 }),
      rows: fc.constantFrom('care', 'self', 'all'),
      clear: selectors,
      masked: selectors,
      breakGlass: fc.boolean(),
    },
    { requiredKeys: ['id', 'effect', 'permissions'] },
  )

const anyStatement = statement(
  fc.oneof({ weight: 4, arbitrary: fc.constant('allow' as const) }, fc.constant('deny' as const)),
)
const statements = fc.record({
  a: fc.array(anyStatement, { maxLength: 3 }),
  b: fc.array(anyStatement, { maxLength: 3 }),
  c: fc.array(anyStatement, { maxLength: 3 }),
})

const situation = fc.record({
  roles: fc.subarray([...ROLES]),
  permission: fc.constantFrom(...PERMISSIONS),
  patientId: fc.constantFrom(null, PATIENT_ID, ANOTHER_PATIENT),
  relationship: fc.constantFrom(null, IN_CARE, { id: 'ended', startsAt: at(-60), endsAt: at(-1) }),
  factorAt: fc.constantFrom(null, NOW),
  aboutUserId: fc.constantFrom(null, ANOTHER_USER),
})

const resource: fc.Arbitrary<DecisionResource> = fc.oneof(
  fc.constantFrom(NOTHING, ONE_PATIENT, MANY_PATIENTS),
  fc.subarray([...TYPES]).map((types) => onTypes(...types)),
)

const EFFECTS = ['deny', 'needs-break-glass', 'needs-step-up', 'allow'] as const
const GRANTS = ['none', 'masked', 'clear'] as const
const ROWS = ['none', 'patient', 'self', 'care', 'all'] as const

const fieldsOf = (decision: Decision): readonly FieldPath[] =>
  decision.effect === 'allow' ? [...decision.scope.fields.keys()] : []

const grantOf = (decision: Decision, path: FieldPath): number =>
  decision.effect === 'allow' ? GRANTS.indexOf(fieldAccess(decision.scope, path)) : 0

/** No field is shown by `less` that `more` does not show at least as clearly. */
const showsNoMore = (less: Decision, more: Decision): boolean =>
  fieldsOf(less).every((path) => grantOf(less, path) <= grantOf(more, path))

const rowsOf = (decision: Decision): number =>
  decision.effect === 'allow' ? ROWS.indexOf(decision.scope.rows.kind) : 0

/**
 * A list is a rectangle of rows and fields. One of fewer rows may have more columns (each of its cells is one
 * that was open before, see below), so that fields are compared where the rows are the same.
 */
const isNoWider = (less: Decision, more: Decision): boolean =>
  EFFECTS.indexOf(less.effect) <= EFFECTS.indexOf(more.effect) &&
  rowsOf(less) <= rowsOf(more) &&
  (rowsOf(less) < rowsOf(more) || showsNoMore(less, more))

type Lists = Readonly<Record<(typeof ROLES)[number], readonly Statement[]>>

describe('for random policies', () => {
  it('adding a deny never widens', () => {
    let narrowed = 0
    fc.assert(
      fc.property(
        statements,
        statement(fc.constant('deny')),
        fc.constantFrom(...ROLES),
        situation,
        resource,
        (lists, denial, role, question, target) => {
          const more = ask({ ...question, resource: target, policy: policyOf(lists) })
          const denied: Lists = { ...lists, [role]: [...lists[role], denial] }
          const less = ask({ ...question, resource: target, policy: policyOf(denied) })
          if (more.effect === 'allow' && JSON.stringify(less) !== JSON.stringify(more)) narrowed += 1
          return isNoWider(less, more)
        },
      ),
      SETTINGS,
    )
    expect(narrowed).toBeGreaterThan(0)
  })

  it('removing an allow never widens', () => {
    let narrowed = 0
    fc.assert(
      fc.property(
        statements,
        fc.nat(),
        fc.constantFrom(...ROLES),
        situation,
        resource,
        (lists, at, role, question, target) => {
          const allows = lists[role].filter(({ effect }) => effect === 'allow')
          const removed = allows[at % Math.max(allows.length, 1)]
          const without: Lists = { ...lists, [role]: lists[role].filter((kept) => kept !== removed) }
          const more = ask({ ...question, resource: target, policy: policyOf(lists) })
          const less = ask({ ...question, resource: target, policy: policyOf(without) })
          if (more.effect === 'allow' && less.effect !== 'allow') narrowed += 1
          return isNoWider(less, more)
        },
      ),
      SETTINGS,
    )
    expect(narrowed).toBeGreaterThan(0)
  })

  it('a list shows nothing of any patient in its rows that opening that patient would not show', () => {
    let lists = 0
    fc.assert(
      fc.property(statements, situation, (policyLists, question) => {
        const policy: Policy = policyOf(policyLists)
        const list = ask({ ...question, resource: MANY_PATIENTS, policy })
        if (list.effect !== 'allow') return true
        lists += 1
        const { rows } = list.scope
        // A patient of the list with the least that puts them there.
        const one = ask({
          ...question,
          policy,
          resource: ONE_PATIENT,
          relationship: rows.kind === 'care' ? IN_CARE : null,
          patientId: rows.kind === 'self' ? PATIENT_ID : null,
        })
        return showsNoMore(list, one)
      }),
      SETTINGS,
    )
    expect(lists).toBeGreaterThan(20)
  })

  it('naming types only narrows to those types, and to the directory that they refer to', () => {
    fc.assert(
      fc.property(statements, situation, fc.subarray([...TYPES]), (lists, question, types) => {
        const policy = policyOf(lists)
        const whole = ask({ ...question, policy, resource: ONE_PATIENT })
        const part = ask({ ...question, policy, resource: onTypes(...types) })
        return (
          showsNoMore(part, whole) &&
          fieldsOf(part).every((path) =>
            [...types, ...DIRECTORY].some((type) => path.startsWith(`${type}.`)),
          ) &&
          (fieldsOf(part).length === 0 ||
            fieldsOf(part).some((path) => types.some((type) => path.startsWith(`${type}.`))))
        )
      }),
      SETTINGS,
    )
  })

  it('the order and number of assignments do not matter', () => {
    fc.assert(
      fc.property(statements, situation, resource, (lists, question, target) => {
        const policy = policyOf(lists)
        const first = ask({ ...question, resource: target, policy })
        const roles = [...question.roles].reverse().flatMap((role) => [role, role])
        const second = ask({ ...question, roles, resource: target, policy })
        expect({ ...second, facts: null }).toEqual({ ...first, facts: null })
        expect(fieldsOf(second)).toEqual(fieldsOf(first))
      }),
      SETTINGS,
    )
  })

  it('no role means nothing is allowed', () => {
    fc.assert(
      fc.property(statements, situation, resource, (lists, question, target) => {
        const decision = ask({ ...question, roles: [], resource: target, policy: policyOf(lists) })
        return decision.effect === 'deny'
      }),
      SETTINGS,
    )
  })
})
