import { describe, expect, it } from 'vitest'
import { matches } from './match.ts'

describe('what is typed', () => {
  it.each([
    ['', 'Audit log'],
    ['aud', 'Audit log'],
    ['LOG aud', 'Audit log'],
    ['résumé', 'Resume'],
    ['inv us', 'Invite a user'],
  ])('“%s” finds %s', (typed, label) => expect(matches(typed, label)).toBe(true))

  it.each([
    ['udit', 'Audit log'],
    ['audit users', 'Audit log'],
    ['x', 'Users'],
  ])('“%s” does not find %s', (typed, label) => expect(matches(typed, label)).toBe(false))
})
