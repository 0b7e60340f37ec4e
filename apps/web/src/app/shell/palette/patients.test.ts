import { describe, expect, it } from 'vitest'
import { searchedAs } from './use-found-patients.ts'

describe('a search of patients from the palette', () => {
  it('is by MRN where a number is typed, else by name', () => {
    expect(searchedAs('MRN 100234', true)).toBe('mrn')
    expect(searchedAs('quist', true)).toBe('name')
  })

  it('is not offered for a name to whoever sees none, nor for nothing', () => {
    expect(searchedAs('quist', false)).toBeNull()
    expect(searchedAs('100234', false)).toBe('mrn')
    expect(searchedAs('', true)).toBeNull()
  })
})
