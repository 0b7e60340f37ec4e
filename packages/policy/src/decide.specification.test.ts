import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_PATHS } from './catalog/index.ts'
import { policyWith } from './custom/policy-with.ts'
import { decide } from './decide.ts'
import type { Decision, DecisionRequest, DecisionResource } from './decision.ts'
import { ALL_PERMISSIONS } from './permissions.ts'
import type { Policy, Statement } from './policy.ts'
import { builtInPolicy } from './roles.ts'
import { scopeUnder } from './scope.ts'
import { LABELS, type SecurityLabel } from './security-labels.ts'
import {
  ANOTHER_PATIENT,
  ANOTHER_USER,
  assigned,
  at,
  IN_CARE,
  MANY_PATIENTS,
  NOTHING,
  NOW,
  ONE_PATIENT,
  onTypes,
  PATIENT_ID,
  policyOf,
  USER_ID,
  versionOf,
} from './testing/ask.ts'
import { anyStatement, resource } from './testing/random.ts'
import { type Specified, specified } from './testing/specification.ts'

const SETTINGS = { seed: 20261129, numRuns: 6000 } as const

/** What the catalog and the types do not know, as it may come out of a database or a request. */
const unknown = <T>(text: string): T => JSON.parse(JSON.stringify(text))

/** A statement like any other, or one that holds something that nobody knows. */
const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 12, arbitrary: anyStatement },
  fc.record({
    id: fc.constant('x/strange'),
    effect: fc.constantFrom<Statement['effect']>('allow', 'deny', unknown('permit')),
    permissions: fc.constantFrom<Statement['permissions']>(['vault:record:read', 'vault:patient:search']),
    rows: fc.constantFrom<NonNullable<Statement['rows']>>('all', 'care', unknown('everyone')),
    clear: fc.subarray<NonNullable<Statement['clear']>[number]>([
      'class:clinical',
      unknown('class:unmapped'),
      unknown('Patient.nope'),
      unknown('__proto__'),
    ]),
  }),
)
const policy: fc.Arbitrary<Policy | null> = fc.option(
  fc
    .record({
      roles: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.array(statement, { maxLength: 4 }), {
        maxKeys: 3,
      }),
      everyone: fc.array(statement, { maxLength: 1 }),
    })
    .map(({ roles, everyone }) => ({ ...policyOf(roles), everyone }))
    .chain((base) =>
      // Custom roles: versions, of which one is given or none, and now and then one with a name that is
      // taken.
      fc
        .record({
          name: fc.constantFrom('d', 'd', 'd', 'a'),
          lists: fc.array(fc.array(statement, { maxLength: 3 }), { maxLength: 3 }),
          inForce: fc.constantFrom(null, 1, 2),
        })
        .map(({ name, lists, inForce }) =>
          policyWith(
            base,
            [{ versions: lists.map((list, at) => versionOf(name, at + 1, list)), inForce }],
            'random/1',
          ),
        ),
    ),
  { freq: 40 },
)

const assignment = (name: fc.Arbitrary<string>, version: fc.Arbitrary<number | null> = fc.constant(null)) =>
  fc
    .record({
      name,
      version,
      startsAt: fc.constantFrom(at(-3600), at(-3600), at(0), at(0.001), new Date(Number.NaN)),
      endsAt: fc.constantFrom(null, null, at(60), at(0.001), at(0)),
    })
    .map(({ name, version, startsAt, endsAt }) => ({ ...assigned(name, startsAt, endsAt), version }))

/**
 * Opened by an assignment that may be held, from some time on and until another, and by one that nobody has.
 */
const breakGlass = fc.oneof(
  fc.constant(null),
  fc.record({
    id: fc.constant('glass'),
    startsAt: fc.constantFrom(at(-60), at(5), at(5.001), new Date(Number.NaN)),
    endsAt: fc.constantFrom(at(60), at(0.001), at(0)),
    assignmentId: fc.constantFrom(
      'assignment-a',
      'assignment-clinician',
      'assignment-nurse',
      'no-assignment',
    ),
  }),
)

const labels: fc.Arbitrary<readonly SecurityLabel[]> = fc.oneof(
  fc.constant([]),
  fc.subarray<SecurityLabel>(['hiv', 'genetics']),
  fc.constantFrom(...LABELS).map((label) => [label]),
)

const request = (
  roles: fc.Arbitrary<DecisionRequest['actor']['roles']>,
  permission: fc.Arbitrary<DecisionRequest['permission']>,
  target: fc.Arbitrary<DecisionResource>,
): fc.Arbitrary<Omit<DecisionRequest, 'policy'>> =>
  fc.record({
    actor: fc.record({
      kind: fc.constant('user' as const),
      id: fc.constant(USER_ID),
      roles,
      patientId: fc.constantFrom(null, PATIENT_ID, ANOTHER_PATIENT),
    }),
    permission,
    resource: target,
    context: fc.record({
      now: fc.constant(NOW),
      factorAt: fc.constantFrom(null, NOW, at(-300), at(-300.001), at(5), at(6), new Date(Number.NaN)),
      relationship: fc.constantFrom(null, IN_CARE, { id: 'ended', startsAt: at(-60), endsAt: at(0) }),
      breakGlass,
      aboutUserId: fc.constantFrom(null, ANOTHER_USER, USER_ID),
    }),
  })

/** An answer of decide() in the form of the specification's. */
const answered = (decision: Decision, under: readonly SecurityLabel[]): Specified =>
  decision.effect === 'allow'
    ? {
        effect: 'allow',
        rows: decision.scope.rows.kind,
        fields: Object.fromEntries(scopeUnder(decision.scope, under).fields),
        whole: scopeUnder(decision.scope, under).whole,
      }
    : { effect: decision.effect }

/**
 * Holds decide() to its specification; gives how often each effect was met, since a test of denials alone
 * shows little.
 */
const agree = (
  requests: fc.Arbitrary<Omit<DecisionRequest, 'policy'>>,
  policies: fc.Arbitrary<Policy | null>,
): Readonly<Record<Decision['effect'] | 'fields' | 'whole', number>> => {
  const met = { allow: 0, deny: 0, 'needs-step-up': 0, 'needs-break-glass': 0, fields: 0, whole: 0 }
  fc.assert(
    fc.property(requests, policies, labels, (asked, of, under) => {
      const whole = { ...asked, policy: of }
      const answer = answered(decide(whole), under)
      met[answer.effect] += 1
      if (answer.effect === 'allow' && Object.keys(answer.fields).length > 0) met.fields += 1
      if (answer.effect === 'allow' && answer.whole) met.whole += 1
      expect(answer).toEqual(specified(whole, under))
    }),
    SETTINGS,
  )
  return met
}

describe('decide() answers what its specification says', () => {
  it('for random policies, also those that hold what nobody knows', () => {
    const met = agree(
      request(
        fc.array(
          fc.oneof(
            { weight: 3, arbitrary: assignment(fc.constantFrom('a', 'b', 'c')) },
            assignment(fc.constant('d'), fc.constantFrom(1, 2, 3, null)),
          ),
          { maxLength: 3 },
        ),
        fc.constantFrom(
          'vault:record:read',
          'vault:patient:search',
          'care:relationship:create',
          'export:request:decide',
        ),
        resource,
      ),
      policy,
    )
    const { whole: _, ...others } = met
    for (const count of Object.values(others)) expect(count).toBeGreaterThan(10)
  })

  it('for the roles that ship, each permission, and every type', () => {
    const met = agree(
      request(
        fc.array(assignment(fc.constantFrom(...Object.keys(builtInPolicy.roles))), { maxLength: 3 }),
        fc.constantFrom(...ALL_PERMISSIONS, unknown<(typeof ALL_PERMISSIONS)[number]>('vault:record:delete')),
        fc.oneof(
          fc.constantFrom(NOTHING, ONE_PATIENT, MANY_PATIENTS),
          fc
            .constantFrom(...new Set(FIELD_PATHS.map((path) => path.slice(0, path.indexOf('.')))), 'Nope')
            .map((type) => onTypes(unknown(type))),
        ),
      ),
      fc.constant(builtInPolicy),
    )
    const { whole: _, ...others } = met
    for (const count of Object.values(others)) expect(count).toBeGreaterThan(10)
  })

  it('for the whole of one’s own record, and what takes some of it away', () => {
    const own = fc.record(
      {
        id: fc.constant('x/own'),
        effect: fc.oneof(
          { weight: 3, arbitrary: fc.constant('allow' as const) },
          fc.constant('deny' as const),
        ),
        permissions: fc.constant<Statement['permissions']>(['vault:record:read']),
        rows: fc.constantFrom<NonNullable<Statement['rows']>>('self', 'self', 'care', 'all'),
        clear: fc.subarray<NonNullable<Statement['clear']>[number]>(['class:clinical', 'class:identity']),
        labels: fc.subarray<SecurityLabel>(['hiv', 'genetics']),
        whole: fc.boolean(),
      },
      { requiredKeys: ['id', 'effect', 'permissions', 'rows'] },
    )
    const met = agree(
      request(
        fc.array(assignment(fc.constantFrom('a', 'b')), { maxLength: 2 }),
        fc.constant('vault:record:read'),
        fc.constantFrom(ONE_PATIENT, MANY_PATIENTS, onTypes('Observation')),
      ),
      fc
        .record({ a: fc.array(own, { maxLength: 3 }), b: fc.array(own, { maxLength: 3 }) })
        .map((roles) => policyOf(roles)),
    )
    expect(met.whole).toBeGreaterThan(30)
    expect(met.fields - met.whole).toBeGreaterThan(50)
  })
})
