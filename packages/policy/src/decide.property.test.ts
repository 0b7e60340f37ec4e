import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldPath, ResourceType } from './catalog/index.ts'
import type { Decision } from './decision.ts'
import type { Policy, Statement } from './policy.ts'
import { fieldAccess } from './scope.ts'
import { ask, IN_CARE, MANY_PATIENTS, ONE_PATIENT, onTypes, PATIENT_ID, policyOf } from './testing/ask.ts'
import { ROLES, resource, situation, statement, statements, TYPES } from './testing/random.ts'

const DIRECTORY: readonly ResourceType[] = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Group',
  'Medication',
]

const SETTINGS = { seed: 20261122, numRuns: 300 } as const
const EFFECTS = ['deny', 'needs-break-glass', 'needs-step-up', 'allow'] as const
const GRANTS = ['none', 'masked', 'partly', 'clear'] as const
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

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(statements, situation, resource, (lists, question, target) => {
        const turned = { a: lists.a.toReversed(), b: lists.b.toReversed(), c: lists.c.toReversed() }
        const first = ask({ ...question, resource: target, policy: policyOf(lists) })
        const second = ask({ ...question, resource: target, policy: policyOf(turned) })
        expect([second.effect, second.reason]).toEqual([first.effect, first.reason])
        expect(showsNoMore(first, second) && showsNoMore(second, first)).toBe(true)
      }),
      SETTINGS,
    )
  })

  it('one deny of the permission itself wins over whatever allows it', () => {
    let allowed = 0
    fc.assert(
      fc.property(statements, situation, resource, (lists, question, target) => {
        const roles = [...question.roles, 'd']
        const denial: Statement = { id: 'd/no', effect: 'deny', permissions: [question.permission] }
        const before = ask({ ...question, roles, resource: target, policy: policyOf({ ...lists, d: [] }) })
        const after = ask({
          ...question,
          roles,
          resource: target,
          policy: policyOf({ ...lists, d: [denial] }),
        })
        if (before.effect === 'allow') allowed += 1
        return after.effect === 'deny'
      }),
      SETTINGS,
    )
    expect(allowed).toBeGreaterThan(10)
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
