import { builtInRoles as roles } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { Calendar } from '../../core/days.ts'
import { keyOf } from '../people.ts'
import { STAFF } from '../staff.ts'
import { DAY_MS, HOUR_MS, makePlan } from './plan.ts'
import { actsOf } from './stories.ts'

const NOW = new Date('2026-03-11T15:20:00Z')

const planOf = (days: number, options: { seed?: string; timeZone?: string } = {}) =>
  makePlan({
    seed: options.seed ?? 'test',
    days,
    now: NOW,
    calendar: new Calendar(options.timeZone ?? 'UTC'),
    people: STAFF,
  })

const told = (days: number, options?: Parameters<typeof planOf>[1]) =>
  actsOf(planOf(days, options)).map(({ at, by, what }) => ({ at, by, what }))

describe('the staff of the demo', () => {
  it('is forty people with names and addresses of their own, and somebody of each role but the patient', () => {
    expect(STAFF).toHaveLength(40)
    expect(new Set(STAFF.map(keyOf)).size).toBe(40)
    expect(new Set(STAFF.map(({ displayName }) => displayName)).size).toBe(40)
    const held = new Set(STAFF.map(({ role }) => role))
    const { patient, ...staff } = roles
    expect(held).toEqual(new Set(Object.values(staff).map(({ name }) => name)))
    expect(held.has(patient.name)).toBe(false)
  })
})

describe('what is planned to have happened', () => {
  it('is the same for the same seed and days, and another for another', () => {
    expect(told(90)).toEqual(told(90))
    expect(told(90, { seed: 'other' })).not.toEqual(told(90))
  })

  it('is in the order of time, within the days, and over before now', () => {
    for (const days of [1, 3, 40, 90]) {
      const times = told(days).map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times[0]).toBeGreaterThanOrEqual(Date.UTC(2026, 2, 11) - days * DAY_MS)
      expect(times.at(-1)).toBeLessThan(NOW.getTime())
    }
  })

  it('has fewer acts at weekends than on weekdays, and fewer by night than by day', () => {
    const acts = told(90)
    const dayOf = (at: number) => new Date(at).getUTCDay()
    const weekend = acts.filter(({ at }) => [0, 6].includes(dayOf(at))).length / 26
    const weekday = acts.filter(({ at }) => ![0, 6].includes(dayOf(at))).length / 65
    expect(weekday).toBeGreaterThan(1.5 * weekend)
    expect(weekend).toBeGreaterThan(0)
    const hourOf = (at: number) => new Date(at).getUTCHours()
    const byHour = (from: number, to: number) =>
      acts.filter(({ at }) => hourOf(at) >= from && hourOf(at) < to).length / (to - from)
    expect(byHour(9, 16)).toBeGreaterThan(5 * byHour(0, 6))
    expect(byHour(0, 6)).toBeGreaterThan(0)
  })

  it('keeps the hours of the installation’s time zone', () => {
    const clerk = (options?: Parameters<typeof planOf>[1]) =>
      told(30, options).filter(({ by, what }) => by === 'billing' && what.startsWith('finds'))
    const hours = (acts: readonly { at: number }[]) => acts.map(({ at }) => (at % DAY_MS) / HOUR_MS)
    const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
    const there = mean(hours(clerk({ timeZone: 'Asia/Tokyo' })).map((hour) => (hour + 9) % 24))
    expect(mean(hours(clerk()))).toBeGreaterThan(8)
    expect(there).toBeGreaterThan(8)
    expect(there).toBeLessThan(18)
  })

  it('lets nobody work who is on holiday, has not come yet, or is away for good', () => {
    const acts = told(90).filter(({ what }) => what !== 'signs out')
    const agoOf = (at: number) => (NOW.getTime() - at) / DAY_MS
    const of = (key: string) => acts.filter(({ by }) => by === key).map(({ at }) => agoOf(at))
    expect(Math.min(...of('wilhelmina.draper'))).toBeGreaterThan(70)
    expect(Math.max(...of('xiomara.beltran'))).toBeLessThan(42)
    // A week without anything, which nobody's rota has.
    const days = of('clinician').toSorted((a, b) => a - b)
    const longest = Math.max(...days.slice(1).map((day, i) => day - (days[i] ?? 0)))
    expect(longest).toBeGreaterThan(4)
  })

  it('tells no story of which it can’t tell the beginning', () => {
    const words = new Set(told(3).map(({ what }) => what))
    expect(words).toContain('opens a chart')
    expect(words).not.toContain('confirms a lockdown')
    expect(words).not.toContain('turns a role down')
  })
})
