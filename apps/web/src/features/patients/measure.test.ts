import { describe, expect, it } from 'vitest'
import { PAGES } from '../../app/pages.ts'
import { measureOf } from './measure.ts'

describe('a measurement in the URL', () => {
  it('is its LOINC code, which the page takes', () => {
    const measure = measureOf('http://loinc.org|29463-7')
    expect(measure).toBe('29463-7')
    expect(PAGES['/patients/$id'].search.parse({ measure })).toEqual({ measure })
  })

  it.each([
    'Weight of Jane Doe',
    'http://loinc.org|Jane Doe',
    'urn:source|29463-7',
    'http://loinc.org|',
    '29463-7',
  ])('is nothing for “%s”, which may hold anything', (kind) => expect(measureOf(kind)).toBeUndefined())

  it('is ignored where it is no code', () => {
    expect(PAGES['/patients/$id'].search.parse({ measure: 'Jane Doe' })).toEqual({ measure: undefined })
  })
})
