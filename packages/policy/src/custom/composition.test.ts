import { describe, expect, it } from 'vitest'
import type { Decision, DecisionResource } from '../decision.ts'
import { ALL_PERMISSIONS } from '../permissions.ts'
import { builtInPolicy, ROLE_NAMES } from '../roles.ts'
import { scopeUnder } from '../scope.ts'
import { LABELS } from '../security-labels.ts'
import {
  ANOTHER_USER,
  ask,
  assignedVersion,
  IN_CARE,
  MANY_PATIENTS,
  NOTHING,
  NOW,
  ONE_PATIENT,
  PATIENT_ID,
  versionOf,
} from '../testing/ask.ts'
import { compositionProblems, type TypedComposition } from './check.ts'
import { compositionOf, isPrivileged, statementsOf } from './composition.ts'
import { policyWith } from './policy-with.ts'

const role = (name: string) => {
  const found = builtInPolicy.roles[name]
  if (found === undefined) throw new Error(name)
  return found
}

const said = (decision: Decision) =>
  decision.effect === 'allow'
    ? [
        decision.scope.rows.kind,
        ...[[], ...LABELS.map((label) => [label])].map((labels) =>
          [...scopeUnder(decision.scope, labels).fields].toSorted(),
        ),
      ]
    : decision.effect

const PLAIN: TypedComposition = {
  permissions: [{ permission: 'vault:patient:read', rows: 'care' }],
  clear: ['Patient.name'],
  partly: [],
  masked: [],
  hidden: [],
  labels: [],
  breakGlass: false,
}
const problemsOf = (change: Partial<TypedComposition>) => compositionProblems({ ...PLAIN, ...change })

describe('a copy of a built-in role', () => {
  it.each(ROLE_NAMES)('of %s is a composition that permits and shows just what the role does', (name) => {
    const composition = compositionOf(role(name))
    expect(compositionProblems(composition)).toEqual([])
    const statements = statementsOf('copy', composition)
    expect(isPrivileged(statements)).toBe(role(name).privileged)
    const policy = policyWith(
      builtInPolicy,
      [{ versions: [versionOf('copy', 1, statements)], inForce: null }],
      'copied/1',
    )
    const targets: readonly DecisionResource[] = [NOTHING, ONE_PATIENT, MANY_PATIENTS]
    for (const permission of ALL_PERMISSIONS) {
      for (const resource of targets) {
        for (const relationship of [null, IN_CARE]) {
          for (const patientId of [null, PATIENT_ID]) {
            const question = { permission, resource, relationship, patientId, factorAt: NOW }
            const others = { aboutUserId: ANOTHER_USER, policy }
            const copied = ask({ ...question, ...others, roles: [assignedVersion('copy', 1)] })
            const original = ask({ ...question, ...others, roles: [name] })
            expect([permission, said(copied)]).toEqual([permission, said(original)])
          }
        }
      }
    }
  })

  it('comes back from its statements as it was composed', () => {
    for (const name of ROLE_NAMES) {
      const statements = statementsOf('copy', compositionOf(role(name)))
      expect(statementsOf('copy', compositionOf({ statements }))).toEqual(statements)
    }
  })
})

describe('a composition', () => {
  it('that names what the catalog or the list of permissions does not have is refused at that part', () => {
    expect(problemsOf({ masked: ['Patient.shoeSize'] })).toMatchObject([
      { field: 'masked', says: expect.stringContaining('no field Patient.shoeSize') },
    ])
    expect(problemsOf({ hidden: ['class:unmapped'] })).toMatchObject([{ field: 'hidden' }])
    expect(
      problemsOf({ permissions: [{ permission: 'vault:record:delete', rows: 'all' }] })[0],
    ).toMatchObject({
      field: 'permissions',
      says: expect.stringContaining('no permission vault:record:delete'),
    })
    expect(problemsOf({ labels: ['secret'] })).toMatchObject([{ field: 'labels' }])
  })

  it.each<[string, Partial<TypedComposition>, string]>([
    ['no permission', { permissions: [], clear: [] }, 'permissions'],
    [
      'patients where none are meant',
      { permissions: [{ permission: 'account:user:list', rows: 'all' }], clear: [] },
      'permissions',
    ],
    [
      'no patients where some are meant',
      { permissions: [{ permission: 'vault:patient:read', rows: null }] },
      'permissions',
    ],
    ['a permission twice', { permissions: [...PLAIN.permissions, ...PLAIN.permissions] }, 'permissions'],
    ['a field in two lists', { masked: ['Patient.name'] }, 'masked'],
    ['records without a field', { clear: [] }, 'clear'],
    [
      'fields without records',
      { permissions: [{ permission: 'account:user:list', rows: null }] },
      'permissions',
    ],
    ['a part of what has none', { partly: ['Patient.birthDate'] }, 'partly'],
    [
      'break-glass without care',
      { permissions: [{ permission: 'vault:patient:read', rows: 'all' }], breakGlass: true },
      'breakGlass',
    ],
  ])('with %s is refused, and says at which part', (_, change, field) => {
    expect(problemsOf(change)[0]?.field).toBe(field)
  })

  it('that fits has no problem', () => {
    expect(problemsOf({})).toEqual([])
    expect(problemsOf({ clear: [], partly: ['Patient.address'], hidden: ['class:contact'] })).toEqual([])
  })
})

describe('a stored version whose field the catalog has lost', () => {
  it('shows nothing by that statement, rather than clear what was masked', () => {
    const statements = [
      {
        ...statementsOf('v', compositionOf(role('nurse'))).find(({ id }) => id === 'v/read-care'),
        masked: JSON.parse('["Patient.ssnOfOldCatalog"]'),
      },
    ]
    const policy = policyWith(
      builtInPolicy,
      [{ versions: [versionOf('v', 1, JSON.parse(JSON.stringify(statements)))], inForce: 1 }],
      'old/1',
    )
    const decision = ask({
      roles: [assignedVersion('v', 1)],
      permission: 'vault:patient:read',
      resource: ONE_PATIENT,
      relationship: IN_CARE,
      policy,
    })
    expect(decision).toMatchObject({ effect: 'deny', reason: 'no-readable-field' })
  })
})

describe('a custom role', () => {
  const policy = policyWith(
    builtInPolicy,
    [
      {
        versions: [
          versionOf('w', 1, []),
          versionOf('w', 2, statementsOf('w', compositionOf(role('analyst')))),
        ],
        inForce: 1,
      },
      { versions: [versionOf('administrator', 9, [])], inForce: 9 },
    ],
    'w/1',
  )
  const effect = (name: string, version: number | null) =>
    ask({ roles: [assignedVersion(name, version)], permission: 'export:request:list', policy })

  it('gives what the version of the assignment says, whichever is in force', () => {
    expect(effect('w', 2)).toMatchObject({ effect: 'allow', facts: { roles: ['w@2'] } })
    expect(effect('w', 1)).toMatchObject({ effect: 'deny', facts: { roles: ['w@1'] } })
  })

  it('gives nothing in a version that there is not, or in none', () => {
    expect(effect('w', 3)).toMatchObject({
      effect: 'deny',
      reason: 'unknown-role',
      facts: { roles: ['w@?'] },
    })
    expect(effect('w', null)).toMatchObject({ reason: 'unknown-role' })
    expect(effect('analyst', 1)).toMatchObject({ reason: 'unknown-role' })
  })

  it('is never taken for a built-in one by its name', () => {
    expect(policy.roles.administrator).toBe(builtInPolicy.roles.administrator)
    expect(policy.versions).not.toHaveProperty('administrator')
  })
})
