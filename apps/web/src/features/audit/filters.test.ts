import { describe, expect, it } from 'vitest'
import { actionGroups, actionLabel } from './action-label.ts'
import { chipsOf } from './filter-chips.tsx'
import { isActionText } from './filter-words.ts'
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

  it('no text that a person may have typed by mistake is words of an action: a name, a number, half of each', () => {
    for (const text of ['record viewed', 'view', 'Care relationship', 'accesses-printed'])
      expect([text, isActionText(text)]).toEqual([text, true])
    for (const text of ['', '94495053', 'Jane Smith', 'viewed by Jane'])
      expect([text, isActionText(text)]).toEqual([text, false])
  })

  it('each one that is set is a chip, and no other: a person by name, ids short', () => {
    const id = '01a227e3-bc14-760c-9cc3-28553c1fe4c2'
    const search = { actor: id, patient: id, outcome: 'asked', text: 'viewed', ip: '192.0.2.7' } as const
    expect(chipsOf(search, () => 'Nina Nurse').map(({ text }) => text)).toEqual([
      'By Nina Nurse',
      'Patient …3c1fe4c2',
      'Action with viewed',
      'Asked for a code',
      'From address 192.0.2.7',
    ])
    expect(chipsOf({ others: true }, () => undefined)).toEqual([])
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
