import { describe, expect, it } from 'vitest'
import { civilOf, dayNumberOf, daysOf, dayText } from './calendar.ts'
import { numberOf } from './number.ts'

describe('the calendar', () => {
  it('counts days as the platform does, from year 1 to 9999, and back', () => {
    for (let days = -719_162; days < 2_932_897; days += 1013) {
      const text = new Date(days * 86_400_000).toISOString().slice(0, 10)
      expect(dayNumberOf(text)).toBe(days)
      expect(dayText(days)).toBe(text)
      expect(daysOf(civilOf(days))).toBe(days)
    }
  })

  it('knows leap days and the days that no calendar has', () => {
    expect(dayNumberOf('2000-02-29')).toBe(11_016)
    for (const text of [
      '1900-02-29',
      '2023-02-29',
      '2020-13-01',
      '2020-00-10',
      '2020-1-1',
      '2020',
      '',
      '0000-01-01',
    ])
      expect(dayNumberOf(text)).toBeNull()
  })

  it('has no text beyond the years 1 to 9999', () => {
    expect(dayText(2_932_896)).toBe('9999-12-31')
    expect(dayText(2_932_897)).toBeNull()
    expect(dayText(-719_163)).toBeNull()
  })
})

describe('numbers', () => {
  it('are read whole or not at all', () => {
    expect(['39', '-1.5', '+2', '.5', '5.', '2e3', '1E-2'].map(numberOf)).toEqual([
      39, -1.5, 2, 0.5, 5, 2000, 0.01,
    ])
    for (const text of ['', ' 1', '1 ', '1,5', '0x10', 'Infinity', 'NaN', '1e999', '--1', '.', '١'])
      expect(numberOf(text)).toBeNull()
  })
})
