import { ExactNumber } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { claimPayment, claimTotal } from './claim-amounts.ts'
import { claimKeys, monthsOfService, payerEntries, payersOf } from './claim-keys.ts'
import { compareDecimals } from './compare-decimals.ts'

const keysOf = (values: Record<string, unknown>) =>
  claimKeys('Claim', { billing: values }).map(({ kind, value }) => `${kind} ${value}`)

describe('what a claim is found by', () => {
  it('is its numbers, its payer and its months, each once, and no placeholder', () => {
    expect(
      keysOf({
        identifier: [{ value: 'C-17' }, { value: 'C-17' }, { value: 'N/A' }, { system: 'x' }],
        insurer: { display: 'Granite State Care', identifier: { value: '98-1' } },
        billablePeriod: { start: '2026-01-30T08:00:00Z', end: '2026-02-01' },
        created: '2026-03-04',
      }),
    ).toEqual(['number C-17', 'payer Granite State Care', 'payer 98-1', 'month 2026-01', 'month 2026-02'])
  })

  it('is nothing for a record that is no claim, and of a response the claim that it answers', () => {
    const values = {
      identifier: [{ value: 'C-17' }],
      created: '2026-03-04',
      request: { reference: 'Claim/c1' },
    }
    expect(claimKeys('Coverage', { billing: values })).toEqual([])
    expect(claimKeys('ClaimResponse', { billing: values })).toEqual([{ kind: 'answers', value: 'c1' }])
    const claim = { reference: 'https://a.example/fhir/Claim/c1/_history/2' }
    expect(claimKeys('ExplanationOfBenefit', { billing: { claim } })).toEqual([
      { kind: 'answers', value: 'c1' },
    ])
  })

  it('is of no use without end: a flood of numbers and a period of centuries have a bound', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ value: `C-${i}` }))
    expect(keysOf({ identifier: many })).toHaveLength(16)
    expect(monthsOfService({ billablePeriod: { start: '1800-01', end: '2900-01' } })).toHaveLength(24)
  })
})

describe('the payer', () => {
  it('is also an organization that the claim has within itself, and that of coverage within it', () => {
    const contained = [
      {
        resourceType: 'Organization',
        id: 'o',
        name: 'Harborline',
        alias: ['HLH'],
        identifier: [{ value: '7' }],
      },
      {
        resourceType: 'Coverage',
        id: 'k',
        payor: [{ display: 'Medicaid' }],
        identifier: [{ value: 'member' }],
      },
    ]
    const values = { contained, insurer: { reference: '#o' }, insurance: [{ coverage: { reference: '#k' } }] }
    expect(payersOf(values).toSorted()).toEqual(['7', 'HLH', 'Harborline', 'Medicaid'])
  })

  it('is the words of coverage that stands elsewhere, and never the number of a member', () => {
    const coverage = { reference: 'Coverage/1', display: 'Humana', identifier: { value: 'member' } }
    expect(payersOf({ insurance: [{ coverage }] })).toEqual(['Humana'])
  })

  it('is to be asked of the directory where the reference has no words', () => {
    expect(payerEntries({ insurer: { reference: 'Organization/o1' } })).toEqual(['o1'])
    expect(payerEntries({ insurer: { reference: 'Organization/o1', display: 'Humana' } })).toEqual([])
    expect(payerEntries({ insurer: { reference: 'Practitioner/o1' } })).toEqual([])
  })
})

describe('the month of service', () => {
  it('is the billed period, else the days of the lines, else the day of the claim', () => {
    const item = [
      { servicedDate: '2026-03-09' },
      { servicedPeriod: { start: '2026-01-31', end: '2026-02-01' } },
    ]
    const created = '2026-05-01'
    expect(monthsOfService({ billablePeriod: { end: '2026-04-02' }, item, created })).toEqual(['2026-04'])
    expect(monthsOfService({ item, created })).toEqual(['2026-01', '2026-02', '2026-03'])
    expect(monthsOfService({ billablePeriod: { start: '2026' }, created })).toEqual(['2026-05'])
    expect(monthsOfService({ created: '2026' })).toEqual([])
  })

  it('is that of the place where the day was written down, and of no month that there is not', () => {
    expect(monthsOfService({ created: '2026-01-31T23:30:00-05:00' })).toEqual(['2026-01'])
    expect(monthsOfService({ created: '2026-13-01' })).toEqual([])
  })

  it('of a period that ends before it begins is the one in which it begins', () => {
    expect(monthsOfService({ billablePeriod: { start: '2026-05', end: '2026-02' } })).toEqual(['2026-05'])
  })

  it('goes over the end of a year', () => {
    expect(monthsOfService({ billablePeriod: { start: '2025-12-30', end: '2026-01-02' } })).toEqual([
      '2025-12',
      '2026-01',
    ])
  })
})

describe('an amount', () => {
  const code = (name: string) => ({ coding: [{ code: name }] })

  it('of a claim is its total, of an explanation what was submitted', () => {
    const value = new ExactNumber('120.50')
    expect(claimTotal('Claim', { total: { value, currency: 'USD' } })).toEqual({ value, currency: 'USD' })
    const total = [
      { category: code('benefit'), amount: { value: 90 } },
      { category: code('submitted'), amount: { value: 100 } },
    ]
    expect(claimTotal('ExplanationOfBenefit', { total })?.value).toBe(100)
    expect(claimTotal('ExplanationOfBenefit', { total: total.slice(0, 1) })).toBeNull()
    expect(claimPayment({ payment: { amount: { value: 90, currency: 'USD' } } })?.value).toBe(90)
    expect(claimPayment({})).toBeNull()
  })

  it.each([
    ['0.1', '0.10', 0],
    ['0.30000000000000001', '0.3', 1],
    ['12345678901234567890.01', '12345678901234567890.02', -1],
    ['-5', '5', -1],
    ['1.5e2', '150.0', 0],
    ['15e-1', '1.5', 0],
    ['1e99999', '1', null],
    ['x', '1', null],
  ])('%s is compared with %s by its digits', (a, b, order) => {
    expect(compareDecimals(a, b)).toBe(order)
  })
})
