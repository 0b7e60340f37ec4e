import { describe, expect, it } from 'vitest'
import { dayOf, endOfDay, PRESETS, presetOf, startOfDay, whoseDays } from './calendar.ts'

describe('a calendar day', () => {
  it('begins and ends by the clocks of the installation’s zone, whatever the browser’s are', () => {
    expect(startOfDay('2026-11-22', 'UTC')).toBe('2026-11-22T00:00:00.000Z')
    expect(startOfDay('2026-11-22', 'America/Chicago')).toBe('2026-11-22T06:00:00.000Z')
    expect(endOfDay('2026-11-22', 'Asia/Kathmandu')).toBe('2026-11-22T18:15:00.000Z')
  })

  it('is 23 or 25 hours long where the clocks change, and begins late where midnight is skipped', () => {
    const hours = (day: string, zone: string) =>
      (Date.parse(endOfDay(day, zone) ?? '') - Date.parse(startOfDay(day, zone) ?? '')) / 3_600_000
    expect(hours('2026-03-08', 'America/Chicago')).toBe(23)
    expect(hours('2026-11-01', 'America/Chicago')).toBe(25)
    expect(startOfDay('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z')
    expect(hours('2026-09-06', 'America/Santiago')).toBe(23)
  })

  it('that does not exist is none', () => {
    for (const day of ['', 'soon', '2026-02-30', '2026-13-01', '26-1-1']) {
      expect(startOfDay(day, 'UTC')).toBeNull()
      expect(endOfDay(day, 'UTC')).toBeNull()
    }
  })

  it('is the one in which an instant lies there', () => {
    const at = Date.parse('2026-12-01T03:00:00Z')
    expect(dayOf(at, 'UTC')).toBe('2026-12-01')
    expect(dayOf(at, 'America/Chicago')).toBe('2026-11-30')
  })

  it('says whose it is where the reader’s clocks are others', () => {
    expect(whoseDays('America/Chicago', 'America/Chicago')).toBe('')
    expect(whoseDays('America/Chicago', 'Europe/Paris')).toBe('Days are those of America/Chicago.')
  })
})

describe('the ranges that are asked for most', () => {
  const today = '2026-03-05'
  it('end today, both days included', () => {
    expect(PRESETS.map(({ label, of }) => [label, of(today)])).toEqual([
      ['Today', { from: today, to: today }],
      ['Last 7 days', { from: '2026-02-27', to: today }],
      ['Last 28 days', { from: '2026-02-06', to: today }],
      ['This month', { from: '2026-03-01', to: today }],
    ])
  })

  it('are known again by their days, and no other range is one', () => {
    for (const preset of PRESETS) expect(presetOf(preset.of(today), today)).toBe(preset)
    expect(presetOf({ from: '2026-03-02', to: today }, today)).toBeUndefined()
    expect(presetOf({}, today)).toBeUndefined()
  })
})
