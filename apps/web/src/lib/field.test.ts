import { displayName, newEmail, reason, requestPractitionerLinkInput } from '@chartward/contract'
import { describe, expect, it } from 'vitest'
import { troubleWith } from './field.ts'

describe('a field', () => {
  it('takes what the contract takes, spaces around it included', () => {
    expect(troubleWith(reason, ' as agreed ', '')).toBeNull()
    expect(troubleWith(newEmail, ' a@example.test ', '')).toBeNull()
    expect(troubleWith(requestPractitionerLinkInput.shape.npi, '1234 567 893', '')).toBeNull()
  })

  it('says by how much a text is too short or too long, with the contract’s own numbers', () => {
    expect(troubleWith(reason, ' a ', '')).toBe('At least 3 characters.')
    expect(troubleWith(reason, 'a'.repeat(501), '')).toBe('At most 500 characters.')
    expect(troubleWith(displayName, ' ', '')).toBe('This can’t be left empty.')
    expect(troubleWith(newEmail, `${'a'.repeat(250)}@example.test`, '')).toBe('At most 254 characters.')
  })

  it('says what a text holds that it can not hold', () => {
    expect(troubleWith(reason, 'as \u202Edeerga', '')).toBe(
      'It holds a character that can not be seen. Type it anew.',
    )
    expect(troubleWith(displayName, 'two\nlines', '')).toBe('It has to be one line.')
    expect(troubleWith(newEmail, 'a@example', 'An address.')).toBe(
      'After the @ has to stand a domain, such as hospital.example.',
    )
    expect(troubleWith(newEmail, 'ann@pаypal.example', '')).toMatch(/^It mixes letters of several alphabets/)
    expect(troubleWith(newEmail, '名前@例え.jp', '')).toBeNull()
  })

  it('says what a text should look like where its length is right', () => {
    expect(troubleWith(requestPractitionerLinkInput.shape.npi, 'NPI', 'Digits.')).toBe('Digits.')
  })
})
