import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { chosenShare, count, counted, fraction, measured, share } from './numbers.ts'

describe('numbers of the report', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
  ])('count %d: %s', (value, text) => {
    expect(count(value)).toBe(text)
  })

  it.each([
    [0, '0%'],
    [1, '100%'],
    [0.2, '20.0%'],
    [0.0435, '4.35%'],
    [0.000_05, '< 0.01%'],
    [0.9999, '> 99.9%'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('share %d: %s', (value, text) => {
    expect(share(value)).toBe(text)
  })

  it('property: only none is 0% and only all is 100%', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true }), (value) => {
        expect(share(value)).not.toMatch(/^(?:0(?:\.0+)?%|100(?:\.0+)?%)$/)
      }),
    )
  })

  it.each([
    [0.2, '20%'],
    [0.005, '0.5%'],
    [0.33, '33%'],
    [0.07, '7%'],
    [1, '100%'],
  ])('a chosen share %d is told as it was chosen: %s', (value, text) => {
    expect(chosenShare(value)).toBe(text)
  })

  it('losses have four places, other measures two, and what is no number a dash', () => {
    expect([fraction(0.062), fraction(1), fraction(Number.NaN)]).toEqual(['0.0620', '1.0000', '–'])
    expect([measured(5012.249), measured(-1.5), measured(0), measured(Number.NaN)]).toEqual([
      '5,012.25',
      '-1.50',
      '0.00',
      '–',
    ])
  })

  it('one is one, and none and more are many', () => {
    expect([counted(1, 'row'), counted(0, 'row'), counted(2000, 'search', 'searches')]).toEqual([
      '1 row',
      '0 rows',
      '2,000 searches',
    ])
  })
})
