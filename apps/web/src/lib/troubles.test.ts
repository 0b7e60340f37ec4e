import {
  approveExportInput,
  assignRoleInput,
  inviteUserInput,
  rejectInput,
  requestExportInput,
  requestPractitionerLinkInput,
} from '@chartward/contract'
import { describe, expect, it } from 'vitest'
import { troublesIn } from './troubles.ts'

const id = '0198c3a0-0000-7000-8000-000000000000'
const ofReason = (reason: string) => troublesIn(rejectInput, { id, reason }).reason
const ofInvite = (change: object) =>
  troublesIn(inviteUserInput, { email: 'a@example.test', displayName: 'Ada', ...change })

describe('what is told of a form', () => {
  it('is nothing where the contract takes it, spaces around it included', () => {
    expect(ofReason(' as agreed ')).toBeUndefined()
    expect(ofInvite({ email: ' a@example.test ' })).toEqual({})
    const link = { userId: id, npi: '1234 567 893', reason: 'as agreed' }
    expect(troublesIn(requestPractitionerLinkInput, link)).toEqual({})
  })

  it('names every field that is missing at once, whatever its kind', () => {
    const empty = 'This can’t be left empty.'
    expect(ofInvite({ email: '', displayName: ' ' })).toEqual({ email: empty, displayName: empty })
    expect(troublesIn(assignRoleInput, { userId: '', role: '', reason: '' })).toEqual({
      userId: empty,
      role: empty,
      reason: empty,
    })
    const attestation = 'Say that you know of nothing.'
    expect(troublesIn(approveExportInput, { id, reason: '', attestation: false }, { attestation })).toEqual({
      reason: empty,
      attestation,
    })
    expect(troublesIn(requestExportInput, { purpose: '', types: [] })).toEqual({
      purpose: empty,
      types: 'Choose at least one.',
    })
  })

  it('says by how much a text is too short or too long, with the contract’s own numbers', () => {
    expect(ofReason(' a ')).toBe('At least 3 characters.')
    expect(ofReason('a'.repeat(501))).toBe('At most 500 characters.')
    expect(ofInvite({ email: `${'a'.repeat(250)}@example.test` }).email).toBe('At most 254 characters.')
  })

  it('says what a text holds that it can not hold', () => {
    expect(ofReason('as \u202Edeerga')).toBe('It holds a character that can not be seen. Type it anew.')
    expect(ofInvite({ displayName: 'two\nlines' }).displayName).toBe('It has to be one line.')
    expect(ofInvite({ email: 'a@example' }).email).toBe(
      'After the @ has to stand a domain, such as hospital.example.',
    )
    expect(ofInvite({ email: 'ann@pаypal.example' }).email).toMatch(/^It mixes letters of several alphabets/)
    expect(ofInvite({ email: '名前@例え.jp' })).toEqual({})
  })

  it('says what a text should look like where its length is right', () => {
    const link = { userId: id, npi: 'NPI', reason: 'as agreed' }
    expect(troublesIn(requestPractitionerLinkInput, link, { npi: 'Digits.' })).toEqual({ npi: 'Digits.' })
  })
})
