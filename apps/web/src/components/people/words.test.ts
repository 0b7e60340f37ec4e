import { describe, expect, it } from 'vitest'
import { changeWords, problemWords } from './words.ts'

const item = { from: null, to: null, ref: null, startsAt: null, endsAt: null, privileged: false }

describe('what is said of a change of a person', () => {
  it('names what it was and what it becomes', () => {
    expect(changeWords({ ...item, what: 'department', from: 'Ward 3', to: 'Ward 4' })).toBe(
      'Department: Ward 4, instead of Ward 3',
    )
    expect(changeWords({ ...item, what: 'manager', from: 'Bo Oss', to: null })).toBe(
      'Manager: none, instead of Bo Oss',
    )
    expect(changeWords({ ...item, what: 'department', to: 'Ward 4' })).toBe('Department: Ward 4')
  })

  it('says which roles are gained and lost, and which of them are privileged', () => {
    expect(changeWords({ ...item, what: 'role-given', to: 'Auditor', privileged: true })).toBe(
      'Gains the role Auditor (privileged)',
    )
    expect(changeWords({ ...item, what: 'role-ended', from: 'Nurse' })).toBe('Loses the role Nurse')
  })

  it('says at which column something is wrong', () => {
    expect(problemWords({ column: 'employee_number', says: 'It is taken.' })).toBe(
      'Employee number: It is taken.',
    )
    expect(problemWords({ column: null, says: 'It is yours.' })).toBe('It is yours.')
  })
})
