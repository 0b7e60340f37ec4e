import { describe, expect, it } from 'vitest'
import { actionGroups, actionLabel } from './action-label.ts'
import { hasFilters, queryOf } from './filters.ts'

describe('the filters of the log', () => {
  it('an empty search asks for everything, with no key at all', () => {
    expect(queryOf({}, 'UTC')).toEqual({})
    expect(hasFilters({})).toBe(false)
  })

  it('the last day is included: its end is the beginning of the next', () => {
    const { from, to } = queryOf({ from: '2026-11-22', to: '2026-11-22' }, 'UTC')
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000)
  })

  it('an action that does not exist is no filter, and nor is a day that is none', () => {
    expect(queryOf({ action: 'patient.eaten', from: 'soon' }, 'UTC')).toEqual({})
    expect(queryOf({ action: 'patient.viewed' }, 'UTC')).toEqual({ action: 'patient.viewed' })
  })

  it('actions are words under their categories', () => {
    expect(actionLabel('auth.sign-in.totp')).toBe('Sign in totp')
    expect(actionGroups(['patient.viewed', 'patient.listed', 'audit.searched'])).toEqual([
      {
        group: 'Patients',
        items: [
          { value: 'patient.viewed', label: 'Patient viewed' },
          { value: 'patient.listed', label: 'Patient listed' },
        ],
      },
      { group: 'Audit', items: [{ value: 'audit.searched', label: 'Audit searched' }] },
    ])
  })
})
