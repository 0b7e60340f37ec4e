import { describe, expect, it } from 'vitest'
import { type FoundClaim, paidText, serviceText, stateText, totalText, whatForText } from './claim-words.ts'

const MEANING = { standing: 'said', words: [], counts: true, struck: false, labels: [] } as const

const claimOf = (
  values: Record<string, unknown>,
  more: Partial<FoundClaim['claim']> = {},
): FoundClaim['claim'] => ({
  id: '0193521b-7c00-7aaa-8aaa-00000000abcd',
  type: 'Claim',
  values,
  payer: null,
  meaning: { ...MEANING, words: [], labels: [] },
  untrusted: false,
  ...more,
})

const found = (claim: FoundClaim['claim'], ...answers: FoundClaim['answers']): FoundClaim => ({
  claim,
  answers,
  answersCut: false,
  patient: {
    id: claim.id,
    values: {},
    relationship: null,
    meaning: claim.meaning,
    untrusted: false,
    withheld: false,
  },
})

const dollars = (value: number) => ({ amount: { value, currency: 'USD' } })
const answer = (values: Record<string, unknown>, more: Partial<FoundClaim['claim']> = {}) =>
  claimOf(values, { type: 'ExplanationOfBenefit', ...more })

describe('a row of claims', () => {
  it('says the days of service, without the clock', () => {
    const day = { start: '2026-03-02T09:00:00-05:00', end: '2026-03-02T09:20:00-05:00' }
    expect(serviceText(claimOf({ billablePeriod: day }))).toBe('Mar 2, 2026')
    expect(serviceText(claimOf({ created: '2026-03-05T10:00:00Z' }))).toBe('made Mar 5, 2026')
    expect(serviceText(claimOf({}))).toBeNull()
  })

  it('says what it is for by its lines, and by its kind where it has none', () => {
    const item = ['Office visit', 'X-ray', 'X-ray'].map((text) => ({ productOrService: { text } }))
    expect(whatForText(claimOf({ item, type: { text: 'Professional' } }))).toBe('Office visit and 1 more')
    expect(whatForText(claimOf({ item: item.slice(0, 1) }))).toBe('Office visit')
    expect(whatForText(claimOf({ type: { text: 'Professional' } }))).toBe('Professional')
  })

  it('says the total and the state', () => {
    expect(totalText(claimOf({ total: { value: 1250.5, currency: 'USD' } }))).toBe('$1,250.50')
    expect(stateText(answer({ status: 'active', outcome: 'complete' }))).toBe('Active, Complete')
  })
})

describe('what was paid', () => {
  it('is what its answers say, or that there is none yet', () => {
    const claim = claimOf({ status: 'active' })
    expect(paidText(found(claim))).toBe('No answer yet')
    expect(paidText(found(claim, answer({ payment: dollars(80) })))).toBe('$80.00')
    expect(paidText(found(claim, answer({ outcome: 'error' })))).toBe('No payment said')
    expect(paidText(found(answer({ payment: dollars(80) })))).toBe('$80.00')
  })

  it('is not said where answers may be missing', () => {
    const cut = { ...found(claimOf({}), answer({ payment: dollars(80) })), answersCut: true }
    expect(paidText(cut)).toBe('Too many answers to say')
  })

  it('is nothing that was taken back or cancelled', () => {
    const meaning = { ...MEANING, standing: 'retracted' as const, words: [], labels: [] }
    const claim = claimOf({ status: 'active' })
    expect(paidText(found(claim, answer({ payment: dollars(80) }, { meaning })))).toBe('No payment said')
    expect(paidText(found(claim, answer({ status: 'cancelled', payment: dollars(80) })))).toBe(
      'No payment said',
    )
  })
})
