import { MASK_TEXT } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import * as contract from './index.ts'

const id = '0192f0c0-0000-7000-8000-00000000000a'
const at = '2026-11-22T02:47:00.000Z'
const record = {
  id,
  type: 'Condition',
  version: 1,
  authoredAt: at,
  untrusted: false,
  withheld: false,
  values: { code: { text: 'x', coding: [{ code: '1' }] } },
  rest: null,
  title: 'x',
  names: [],
  meaning: { standing: 'said', words: [], counts: true, struck: false, labels: [] },
}
const masked = { masked: true, mask: 'hidden', shown: null, reason: MASK_TEXT.hidden }

const leaves = (values: Readonly<Record<string, unknown>>): boolean =>
  contract.getRecordOutput.safeParse({ ...record, values }).success

describe('a record that leaves', () => {
  it('shows FHIR JSON, whatever its shape, or a masked value', () => {
    expect(leaves(record.values)).toBe(true)
    expect(leaves({ code: masked })).toBe(true)
    expect(leaves({ code: () => 'x' })).toBe(false)
    expect(leaves({ code: new Date(0) })).toBe(false)
  })

  it('says of what no field is declared for that it is JSON, or nothing', () => {
    const withRest = (rest: unknown) => contract.getRecordOutput.safeParse({ ...record, rest }).success
    expect([withRest({}), withRest({ shoeSize: { value: 43 } })]).toEqual([true, true])
    expect([withRest(undefined), withRest(43), withRest({ x: () => 'x' })]).toEqual([false, false, false])
  })

  it('shows no more of a masked value than its mask does', () => {
    expect(leaves({ code: { ...masked, raw: 'x' } })).toBe(false)
    expect(leaves({ code: { ...masked, reason: 'because it is x' } })).toBe(false)
    expect(leaves({ code: { ...masked, mask: 'none' } })).toBe(false)
  })

  it('has fields of its own type that a role can read, and no others', () => {
    expect(leaves({ mrn: 'x' })).toBe(false)
    expect(leaves({ unmapped: {} })).toBe(false)
    expect(leaves({ __proto__: 'x', constructor: 'x' })).toBe(false)
  })
})

describe('a moment that leaves', () => {
  const expiring = (expiresAt: unknown): boolean =>
    contract.reinviteUserOutput.safeParse({ id, invitationUrl: 'x', expiresAt }).success

  it('is what toISOString() writes, in any year that a date can have', () => {
    for (const moment of [0, 8.64e15, -8.64e15, -62_200_000_000_000, 253_402_300_800_000])
      expect(expiring(new Date(moment).toISOString())).toBe(true)
  })

  it('is no Date, no day and no time of another zone', () => {
    for (const moment of [new Date(0), '2026-11-22', '2026-11-22T02:47:00.000+01:00', 0, ''])
      expect(expiring(moment)).toBe(false)
  })
})
