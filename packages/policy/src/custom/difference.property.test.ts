import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_PATHS, type FieldPath } from '../catalog/index.ts'
import type { Decision, DecisionResource } from '../decision.ts'
import type { Permission } from '../permissions.ts'
import { ALL_PERMISSIONS, PERMISSIONS } from '../permissions.ts'
import type { Policy, RoleRef } from '../policy.ts'
import { builtInPolicy } from '../roles.ts'
import { fieldAccess, scopeUnder } from '../scope.ts'
import type { SecurityLabel } from '../security-labels.ts'
import {
  ANOTHER_USER,
  ask,
  assigned,
  at,
  IN_CARE,
  MANY_PATIENTS,
  NOTHING,
  NOW,
  ONE_PATIENT,
  PATIENT_ID,
  policyOf,
  versionOf,
} from '../testing/ask.ts'
import { anyStatement } from '../testing/random.ts'
import { compositionOf, statementsOf } from './composition.ts'
import {
  type AccessChange,
  type Answer,
  adds,
  differenceOf,
  impactOf,
  type Moved,
  REACHES,
  type ReachName,
  takes,
} from './difference.ts'
import { policyWith } from './policy-with.ts'

const SETTINGS = { seed: 20261130, numRuns: 60 } as const
const LABEL_SETS: readonly (readonly SecurityLabel[])[] = [
  [],
  ['hiv'],
  ['genetics'],
  ['genetics', 'hiv'],
  ['part-2'],
]

const TARGETS: Readonly<Record<(typeof REACHES)[ReachName]['kind'], DecisionResource>> = {
  none: NOTHING,
  patient: ONE_PATIENT,
  patients: MANY_PATIENTS,
}

/** A glass that is broken, by the assignment of one of these roles; of none, none is. */
const glassBrokenBy = ([by]: readonly RoleRef[]) =>
  by === undefined
    ? null
    : { id: 'grant', assignmentId: assigned(by.name).assignmentId, startsAt: NOW, endsAt: at(60 * 60) }

/** What decide() says to somebody who holds these roles, all else being as favourable as it can be. */
const decided = (
  policy: Policy,
  roles: readonly RoleRef[],
  permission: Permission,
  reach: ReachName,
): Decision =>
  ask({
    roles: roles.map((role) => ({ ...assigned(role.name), ...role })),
    permission,
    resource: TARGETS[REACHES[reach].kind],
    relationship: REACHES[reach].inCare ? IN_CARE : null,
    breakGlass: REACHES[reach].glass ? glassBrokenBy(roles) : null,
    patientId: REACHES[reach].self ? PATIENT_ID : null,
    factorAt: NOW,
    aboutUserId: ANOTHER_USER,
    policy,
  })

const answerOf = (decision: Decision): Answer => {
  if (decision.effect === 'needs-break-glass') return 'break-glass'
  if (decision.effect !== 'allow') return 'no'
  const { kind } = decision.scope.rows
  return kind === 'patient' || kind === 'none' ? 'yes' : kind
}

const grant = (decision: Decision, labels: readonly SecurityLabel[], path: FieldPath) =>
  decision.effect === 'allow' ? fieldAccess(scopeUnder(decision.scope, labels), path) : 'none'

const reachesOf = (permission: Permission, isPatient: boolean): readonly ReachName[] => {
  if (PERMISSIONS[permission].subject === 'none') return ['none']
  const reaches: readonly ReachName[] = ['any-patient', 'in-care', 'broken-glass', 'list']
  return isPatient ? [...reaches, 'self', 'self-in-care', 'self-broken-glass', 'list-of-patient'] : reaches
}

/** All that decide() answers otherwise, one line for each permission, circumstance, label and field. */
const byDecide = (
  policy: Policy,
  { before, after, isPatient }: Moved,
  permissions: readonly Permission[],
): string[] => {
  const lines: string[] = []
  for (const permission of permissions) {
    for (const reach of reachesOf(permission, isPatient)) {
      const [was, is] = [
        decided(policy, before, permission, reach),
        decided(policy, after, permission, reach),
      ]
      const [said, says] = [answerOf(was), answerOf(is)]
      if (said !== says) lines.push(`${permission} ${reach}: ${said} -> ${says}`)
      for (const labels of LABEL_SETS) {
        for (const path of FIELD_PATHS) {
          const [from, to] = [grant(was, labels, path), grant(is, labels, path)]
          if (from !== to) lines.push(`${permission} ${reach} [${labels.join()}] ${path}: ${from} -> ${to}`)
        }
      }
    }
  }
  return lines
}

/**
 * The same as the difference says it; labels that open nothing of their own answer as the set that has
 * them.
 */
const byDifference = (change: AccessChange): string[] => [
  ...change.permissions.map(
    ({ cell, before, after }) => `${cell.permission} ${cell.reach}: ${before} -> ${after}`,
  ),
  ...change.fields.flatMap(({ cells, from, to, paths }) =>
    cells.flatMap(({ permission, reach, labels }) =>
      paths.map((path) => `${permission} ${reach} [${labels.join()}] ${path}: ${from} -> ${to}`),
    ),
  ),
]

const isAsked = (line: string): boolean =>
  !line.includes('[') || LABEL_SETS.some((labels) => line.includes(` [${labels.join()}] `))

const versions = fc.array(fc.array(anyStatement, { maxLength: 3 }), { minLength: 2, maxLength: 2 })
const others = fc.record({
  a: fc.array(anyStatement, { maxLength: 2 }),
  b: fc.array(anyStatement, { maxLength: 2 }),
})
const RANDOM: readonly Permission[] = [
  'vault:record:read',
  'vault:patient:search',
  'care:relationship:create',
  'export:request:decide',
]

describe('the difference that is shown', () => {
  it('is what the authoriser does otherwise, for every permission, circumstance, label and field, and no more', () => {
    const met = { permissions: 0, fields: 0, none: 0 }
    fc.assert(
      fc.property(versions, others, fc.subarray(['a', 'b']), fc.boolean(), (lists, more, held, isPatient) => {
        const policy = policyWith(
          policyOf(more),
          [{ versions: lists.map((list, at) => versionOf('v', at + 1, list)), inForce: 1 }],
          'random/1',
        )
        const rest = held.map((name) => ({ name }))
        const moved = {
          before: [...rest, { name: 'v', version: 1 }],
          after: [...rest, { name: 'v', version: 2 }],
          isPatient,
        }
        const change = differenceOf(policy, moved)
        met.permissions += change.permissions.length
        met.fields += change.fields.length
        const expected = byDecide(policy, moved, RANDOM)
        if (expected.length === 0) met.none += 1
        // Sets of labels of which the statements tell no two apart are not said one by one.
        const said = new Set(byDifference(change))
        const unsaid = expected.filter((line) => !said.has(line))
        expect(unsaid.filter((line) => / \[\] |: \S+ -> /.test(line) && !/ \[[a-z]/.test(line))).toEqual([])
        for (const line of unsaid) expect(isSaidOfMore(line, change)).toBe(true)
        expect([...said].filter(isAsked).filter((line) => !expected.includes(line))).toEqual([])
      }),
      SETTINGS,
    )
    expect(Math.min(met.permissions, met.fields, met.none)).toBeGreaterThan(5)
  })

  it('is that of the roles that ship, for a copy that is edited and for a role that comes or goes', () => {
    const copy = (name: string, version: number) =>
      versionOf(
        'copy',
        version,
        statementsOf('copy', compositionOf(builtInPolicy.roles[name] ?? { statements: [] })),
      )
    const policy = policyWith(
      builtInPolicy,
      [{ versions: [copy('nurse', 1), copy('clinician', 2)], inForce: 1 }],
      'copied/1',
    )
    const moves: readonly Moved[] = [
      { before: [{ name: 'copy', version: 1 }], after: [{ name: 'copy', version: 2 }], isPatient: false },
      {
        before: [{ name: 'billing' }, { name: 'copy', version: 1 }],
        after: [{ name: 'billing' }],
        isPatient: false,
      },
      {
        before: [{ name: 'patient' }],
        after: [{ name: 'patient' }, { name: 'privacy-officer' }],
        isPatient: true,
      },
      { before: [{ name: 'nurse' }], after: [{ name: 'copy', version: 1 }], isPatient: false },
      { before: [{ name: 'analyst' }], after: [{ name: 'analyst' }, { name: 'gone' }], isPatient: false },
    ]
    for (const moved of moves) {
      const said = new Set(byDifference(differenceOf(policy, moved)))
      const expected = byDecide(policy, moved, ALL_PERMISSIONS).filter((line) => !/ \[[a-z]/.test(line))
      expect([...said].filter((line) => !/ \[[a-z]/.test(line)).toSorted()).toEqual(expected.toSorted())
    }
  })

  it('says for each person what is otherwise for them, whoever else is moved', () => {
    const policy = policyWith(
      builtInPolicy,
      [
        {
          versions: [
            versionOf('v', 1, []),
            versionOf(
              'v',
              2,
              statementsOf('v', compositionOf(builtInPolicy.roles.analyst ?? { statements: [] })),
            ),
          ],
          inForce: 1,
        },
      ],
      'v/1',
    )
    const moved = (id: string, ...names: string[]) => {
      const rest = names.map((name) => ({ name }))
      return {
        id,
        before: [...rest, { name: 'v', version: 1 }],
        after: [...rest, { name: 'v', version: 2 }],
        isPatient: false,
      }
    }
    const groups = impactOf(policy, [moved('1'), moved('2', 'analyst'), moved('3')])
    expect(groups.map(({ people }) => people)).toEqual([['1', '3'], ['2']])
    expect(groups.map(({ change }) => adds(change))).toEqual([true, false])
    expect(groups.some(({ change }) => takes(change))).toBe(false)
  })
})

/** Of records with labels that no statement opens as such: said of the smallest set that has them all. */
const isSaidOfMore = (line: string, { fields }: AccessChange): boolean => {
  const [, permission, reach, names = '', path, from, to] =
    /^(\S+) (\S+) \[(.*)\] (\S+): (\S+) -> (\S+)$/.exec(line) ?? []
  const labels = names.split(',')
  return fields.some(
    (change) =>
      change.from === from &&
      change.to === to &&
      change.paths.some((one) => one === path) &&
      change.cells.some(
        (cell) =>
          cell.permission === permission &&
          cell.reach === reach &&
          labels.every((label) => cell.labels.some((named) => named === label)),
      ),
  )
}
