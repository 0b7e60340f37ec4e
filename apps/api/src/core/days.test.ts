import { describe, expect, it } from 'vitest'
import { Calendar, isTimeZone, NEVER } from './days.ts'

const days = (text: string, zone = 'UTC') => {
  const found = new Calendar(zone).daysOf(text)
  return found === null ? null : [found.from, found.to].map((at) => at.toISOString().slice(0, 16))
}

describe('the days that a date stands for', () => {
  it.each([
    ['2026', '2026-01-01T00:00', '2027-01-01T00:00'],
    ['2026-02', '2026-02-01T00:00', '2026-03-01T00:00'],
    ['2026-12', '2026-12-01T00:00', '2027-01-01T00:00'],
    ['2024-02-29', '2024-02-29T00:00', '2024-03-01T00:00'],
    ['2026-10-01T23:59:59.999Z', '2026-10-01T00:00', '2026-10-02T00:00'],
    ['2026-10-01T23:00:00-04:00', '2026-10-02T00:00', '2026-10-03T00:00'],
    // Without an offset nobody says which moment: the day is what is said.
    ['2026-10-01T23:00:00', '2026-10-01T00:00', '2026-10-02T00:00'],
    ['0099-05-06', '0099-05-06T00:00', '0099-05-07T00:00'],
  ])('are those of %s', (text, from, to) => {
    expect(days(text)).toEqual([from, to])
  })

  it('are those of the time zone, also where the clocks change and where midnight is skipped', () => {
    const newYork = 'America/New_York'
    expect(days('2026-10-01', newYork)).toEqual(['2026-10-01T04:00', '2026-10-02T04:00'])
    expect(days('2026-10-02T03:00:00Z', newYork)).toEqual(['2026-10-01T04:00', '2026-10-02T04:00'])
    expect(days('2026-03-08', newYork)).toEqual(['2026-03-08T05:00', '2026-03-09T04:00'])
    expect(days('2026-11-01', newYork)).toEqual(['2026-11-01T04:00', '2026-11-02T05:00'])
    expect(days('2026', newYork)).toEqual(['2026-01-01T05:00', '2027-01-01T05:00'])
    // Summer time began at midnight there: https://www.iana.org/time-zones, northamerica, Cuba.
    expect(days('2023-03-12', 'America/Havana')).toEqual(['2023-03-12T05:00', '2023-03-13T04:00'])
    expect(days('2026-01-01', 'Pacific/Kiritimati')).toEqual(['2025-12-31T10:00', '2026-01-01T10:00'])
  })

  it('are none for what is no date, and never for the year 9999', () => {
    for (const text of ['', '0000', '2026-13', '2026-02-30', '26-01-01', 'yesterday', '2026-1-1'])
      expect(days(text), text).toBeNull()
    expect(new Calendar('UTC').daysOf('9999-12-31')).toEqual({ from: NEVER, to: NEVER })
    expect(new Calendar('UTC').daysOf('9999-12-31T23:59:59Z')?.to).toEqual(NEVER)
  })
})

describe('a time zone', () => {
  it('is one of the IANA database, and nothing else', () => {
    for (const name of ['UTC', 'America/New_York', 'Europe/Berlin']) expect(isTimeZone(name)).toBe(true)
    for (const name of ['', 'Mars/Olympus', '+02:00', 'New York']) expect(isTimeZone(name)).toBe(false)
  })
})
