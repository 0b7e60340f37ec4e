import { describe, expect, test as it } from 'vitest'
import { passwordRules } from '../../core/password-rules.ts'
import { EnvironmentError, readEnvironment } from '../../env.ts'
import { passwordProblems } from './password-policy.ts'

const OWNER = { email: 'grace.hopper@navy.example', displayName: 'Grace Brewster Hopper' }
const problems = (password: string) => passwordProblems(password, OWNER, passwordRules('default'))
const byNist = (password: string) => passwordProblems(password, OWNER, passwordRules('nist-800-63b-4'))

describe('a password is refused', () => {
  it.each([
    ['with 11 characters', 'Kt7!mzQw9#r', /12 characters or more/],
    ['with 129 characters', `Kt7!${'mzQw9#rb'.repeat(15)}abcde`, /at most 128/],
    ['of two kinds of characters', 'lantern7cobalt9mirror', /three of these/],
    ['of one kind', 'lanterncobaltmirror', /three of these/],
    ['with the product in it', 'my-Chartward-lantern', /product/],
    ['with their name in it', 'Lantern-hopper-Cobalt', /your name/],
    ['with their name in disguise', 'Lantern-H0pper-Cobalt', /your name/],
    ['with a part of their address in it', 'Xx-gr4ce-Lantern-7', /your name/],
    ['that is a common one with trimmings', 'Password123!', /guessed first/],
    ['that is a common one in disguise', 'P@$$w0rd2024!', /guessed first/],
    ['that is a common one twice', 'PasswordPassword1!', /guessed first/],
    ['that is a walk over the keyboard', 'Qwertyuiop123!', /guessed first/],
    ['that is a season and a year', 'Summer2026!!', /guessed first/],
    ['that leaked often, with a year', 'Marlboro-1919', /guessed first/],
    ['that leaked often, in disguise', 'St33l3rs-2024', /guessed first/],
    ['of few characters over and over', 'AaAaAa11AaAa11', /guessed first/],
  ])('%s', (_, password, why) => {
    expect(problems(password).join(' ')).toMatch(why)
  })
})

describe('a password is taken', () => {
  it.each([
    ['at 12 characters', 'Kt7!mzQw9#rb'],
    ['at 128 characters', `Kt7!${'mzQw9#rb'.repeat(15)}abcd`],
    ['in another script', 'Сорок-две-Лампы'],
    ['of several words', 'lantern Cobalt mirror 7'],
    ['with a common word among others', 'Summer lantern cobalt 7'],
    ['with spaces', '  Nine quiet otters  9'],
  ])('%s', (_, password) => {
    expect(problems(password)).toEqual([])
  })
})

it('length counts characters, however they are composed', () => {
  const composed = 'Éé7!mzQw9#r'
  expect([...composed]).toHaveLength(11)
  expect([...composed.normalize('NFD')].length).toBeGreaterThan(12)
  expect(problems(composed.normalize('NFD')).join(' ')).toMatch(/12 characters/)
})

it('what is said of a password repeats none of it', () => {
  expect(problems('hopper').join(' ')).not.toMatch(/hopper/i)
})

describe('by the profile of NIST SP 800-63B-4', () => {
  it.each([
    ['with 14 characters', 'lanterncobaltm', /15 characters or more/],
    ['with 129 characters', `${'mzqwxrb-'.repeat(16)}a`, /at most 128/],
    ['with their name in it', 'lantern hopper cobalt', /your name/],
    ['that is a common one with trimmings', 'passwordpassword', /guessed first/],
  ])('a password is refused %s', (_, password, why) => {
    expect(byNist(password).join(' ')).toMatch(why)
  })

  it('one of a single kind is taken, at 15 characters', () => {
    expect(byNist('lanterncobaltmi')).toEqual([])
  })
})

describe('the operator', () => {
  const rulesOf = (variables: Record<string, string>) => readEnvironment(undefined, variables).passwords

  it('chooses the profile, and may ask for more characters than it does', () => {
    expect(rulesOf({})).toEqual({ profile: 'default', shortest: 12, longest: 128, kinds: 3 })
    expect(
      rulesOf({ CHARTWARD_PASSWORD_PROFILE: 'nist-800-63b-4', CHARTWARD_PASSWORD_SHORTEST: '20' }),
    ).toEqual({ profile: 'nist-800-63b-4', shortest: 20, longest: 128, kinds: 0 })
  })

  it.each([
    { CHARTWARD_PASSWORD_SHORTEST: '11' },
    { CHARTWARD_PASSWORD_PROFILE: 'nist-800-63b-4', CHARTWARD_PASSWORD_SHORTEST: '14' },
    { CHARTWARD_PASSWORD_SHORTEST: '65' },
    { CHARTWARD_PASSWORD_PROFILE: 'none' },
    { CHARTWARD_LOST_FACTOR_HOURS: '11' },
  ])('does not get below a floor: %o', (variables) => {
    expect(() => rulesOf(variables)).toThrow(EnvironmentError)
  })
})
