import { describe, expect, it } from 'vitest'
import { builtInPolicy, ROLE_NAMES } from '../roles.ts'
import { conflictsOf } from './conflicts.ts'

describe('duties that one person should not have', () => {
  it.each(ROLE_NAMES)('are not both given by %s, which ships', (name) => {
    expect(conflictsOf(builtInPolicy, [{ name }])).toEqual([])
  })

  it('are found where two roles give them together', () => {
    const of = (...names: string[]) =>
      conflictsOf(
        builtInPolicy,
        names.map((name) => ({ name })),
      ).map(({ says }) => says)
    expect(of('analyst', 'privacy-officer')).toEqual(['Would request exports and decide on exports.'])
    expect(of('administrator', 'nurse')).toEqual(['Would give access and read records.'])
    expect(of('administrator', 'auditor')).toEqual(['Would give access and watch over the audit log of it.'])
    expect(of('clinician', 'privacy-officer')).toEqual(['Would read records and watch over who reads them.'])
    expect(of('clinician', 'nurse', 'billing')).toEqual([])
  })
})
