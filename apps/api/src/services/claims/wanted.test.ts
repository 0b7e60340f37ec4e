import type { SearchClaimsInput } from '@chartward/contract'
import {
  builtInPolicy,
  builtInRoles,
  decide,
  definePolicy,
  type FieldPath,
  type Scope,
} from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { nilId } from '../../core/ids.ts'
import { refusalOf } from '../../testing/entries.ts'
import { wantedOf } from './wanted.ts'

/** The Scope of a clerk who sees these fields as masks. */
const scopeMasking = (...paths: FieldPath[]): Scope => {
  const { billing } = builtInRoles
  const statements = billing.statements.map((statement) => ({
    ...statement,
    clear: ['class:billing', 'Patient.mrn'].filter((one) => !paths.some((path) => path === one)) as [
      'class:billing',
    ],
    masked: paths,
  }))
  const policy = definePolicy({
    ...builtInPolicy,
    roles: { ...builtInPolicy.roles, [billing.name]: { ...billing, statements } },
  })
  const decision = decide({
    actor: {
      kind: 'user',
      id: nilId(),
      roles: [{ name: billing.name, assignmentId: 'a', startsAt: new Date(0), endsAt: null }],
      patientId: null,
    },
    permission: 'vault:claim:search',
    resource: { kind: 'patients' },
    context: { now: new Date('2026-11-01T00:00:00Z'), factorAt: null, relationship: null },
    policy,
  })
  if (decision.effect !== 'allow') throw new Error('a clerk may search')
  return decision.scope
}

const refused = (input: SearchClaimsInput, ...masked: FieldPath[]) =>
  refusalOf((async () => wantedOf(scopeMasking(...masked), input))())

describe('what is masked', () => {
  it.each<[FieldPath, SearchClaimsInput]>([
    ['Claim.identifier', { number: '1' }],
    ['ExplanationOfBenefit.identifier', { number: '1' }],
    ['Claim.insurer', { payer: 'a' }],
    ['Claim.insurance', { payer: 'a' }],
    ['Claim.billablePeriod', { month: '2026-03' }],
    ['Claim.created', { month: '2026-03' }],
    ['ExplanationOfBenefit.item', { month: '2026-03' }],
    ['Patient.mrn', { mrn: '1' }],
    ['Claim.total', { number: '1', atLeast: '1' }],
    ['Claim.status', { number: '1', status: 'active' }],
    ['ExplanationOfBenefit.outcome', { number: '1', outcome: 'error' }],
  ])('%s can not be searched by: the answer would tell what it hides', async (path, input) => {
    expect(await refused(input, path)).toBe('FORBIDDEN')
    expect(() => wantedOf(scopeMasking(), input)).not.toThrow()
  })
})

describe('what is typed', () => {
  it('is compared in one form, and needs a letter or a digit', async () => {
    const input = { number: ' ab-12 ', payer: 'Élan  Health, Inc.', mrn: 'm 1' }
    expect(wantedOf(scopeMasking(), input)).toMatchObject({
      number: 'AB12',
      payer: 'elanhealthinc',
      mrn: 'M1',
    })
    expect(await refused({ payer: '--' })).toBe('INVALID_INPUT')
  })
})
