import { describe, expect, it } from 'vitest'
import { patientsOf, shareOf } from './words.ts'

describe('what a role permits, in words', () => {
  it('says whose records, and nothing where a permission is about no patient', () => {
    expect(patientsOf(null)).toBe('')
    expect(patientsOf('care')).toBe(' · of patients in their care')
    expect(patientsOf('all')).toBe(' · of every patient')
  })

  it('tells all from some and none', () => {
    expect([shareOf(0, 4), shareOf(3, 4), shareOf(4, 4)]).toEqual(['None', '3 of 4', 'All'])
  })
})
