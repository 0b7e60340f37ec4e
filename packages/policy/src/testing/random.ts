import fc from 'fast-check'
import type { ResourceType } from '../catalog/index.ts'
import type { DecisionResource } from '../decision.ts'
import type { Permission } from '../permissions.ts'
import type { Statement } from '../policy.ts'
import type { FieldSelector } from '../selectors.ts'
import {
  ANOTHER_PATIENT,
  ANOTHER_USER,
  at,
  IN_CARE,
  MANY_PATIENTS,
  NOTHING,
  NOW,
  ONE_PATIENT,
  onTypes,
  PATIENT_ID,
} from './ask.ts'

export const ROLES = ['a', 'b', 'c'] as const
/** Of each kind: with fields, with rows alone, about nobody; for others, and with a fresh factor. */
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
export const TYPES: readonly ResourceType[] = ['Patient', 'Observation', 'Claim', 'Practitioner']

const selectors = fc.subarray([...SELECTORS])
export const statement = (effect: fc.Arbitrary<Statement['effect']>): fc.Arbitrary<Statement> =>
  fc.record(
    {
      id: fc.constant('x/x'),
      effect,
      permissions: fc.subarray([...PERMISSIONS], { minLength: 1 }),
      rows: fc.constantFrom('care', 'self', 'all'),
      clear: selectors,
      partly: fc.subarray<FieldSelector>(['Patient.address', 'class:contact']),
      masked: selectors,
      hidden: fc.subarray<FieldSelector>(['Patient.name', 'Observation.*', 'class:narrative']),
      labels: fc.subarray(['hiv', 'genetics']),
      breakGlass: fc.boolean(),
      whole: fc.boolean(),
    },
    { requiredKeys: ['id', 'effect', 'permissions'] },
  )

export const anyStatement = statement(
  fc.oneof({ weight: 4, arbitrary: fc.constant('allow' as const) }, fc.constant('deny' as const)),
)

/** For each role the statements that it holds. */
export const statements = fc.record({
  a: fc.array(anyStatement, { maxLength: 3 }),
  b: fc.array(anyStatement, { maxLength: 3 }),
  c: fc.array(anyStatement, { maxLength: 3 }),
})

export const situation = fc.record({
  roles: fc.subarray([...ROLES]),
  permission: fc.constantFrom(...PERMISSIONS),
  patientId: fc.constantFrom(null, PATIENT_ID, ANOTHER_PATIENT),
  relationship: fc.constantFrom(null, IN_CARE, { id: 'ended', startsAt: at(-60), endsAt: at(-1) }),
  breakGlass: fc.constantFrom(
    null,
    ...['assignment-a', 'assignment-x'].flatMap((assignmentId) => [
      { id: 'glass', startsAt: at(-60), endsAt: at(60), assignmentId },
      { id: 'glass', startsAt: at(4), endsAt: at(60), assignmentId },
      { id: 'glass', startsAt: at(6), endsAt: at(60), assignmentId },
      { id: 'glass', startsAt: at(-60), endsAt: at(0), assignmentId },
    ]),
  ),
  factorAt: fc.constantFrom(null, NOW),
  aboutUserId: fc.constantFrom(null, ANOTHER_USER),
})

export const resource: fc.Arbitrary<DecisionResource> = fc.oneof(
  fc.constantFrom(NOTHING, ONE_PATIENT, MANY_PATIENTS),
  fc.subarray([...TYPES]).map((types) => onTypes(...types)),
)
