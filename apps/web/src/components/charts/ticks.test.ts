import { describe, expect, it } from 'vitest'
import { timeTicks } from './ticks.ts'

const day = (text: string) => Date.parse(text)
const words = (from: string, to: string) => {
  const { at, label } = timeTicks(day(from), day(to))
  return at.map(label)
}

describe('the ticks of a time axis', () => {
  it('name month and year, and the day where months would repeat', () => {
    expect(words('2020-02-10', '2026-10-01')).toEqual(['Jan 2022', 'Jan 2024', 'Jan 2026'])
    expect(words('2025-11-10', '2026-10-01')).toEqual([
      'Jan 2026',
      'Mar 2026',
      'May 2026',
      'Jul 2026',
      'Sep 2026',
    ])
    expect(words('2026-09-30', '2026-10-03')).toEqual([
      'Sep 30, 2026',
      'Oct 1, 2026',
      'Oct 2, 2026',
      'Oct 3, 2026',
    ])
    expect(words('2026-09-30T10:00:00Z', '2026-09-30T11:00:00Z')).toEqual(['Sep 30, 2026'])
  })

  it('are never many, lie in the span, and no two have the same words', () => {
    const DAY = 86_400_000
    const spans = [0.01, 0.5, 1, 2, 6, 7, 8, 30, 61, 89, 92, 100, 365, 400, 800, 2000, 5000, 20_000, 60_000]
    const starts = ['1931-12-31T23:59:00Z', '1999-01-31', '2020-02-29', '2026-07-01T12:00:00Z'].map(day)
    for (const from of starts)
      for (const days of spans) {
        const to = from + days * DAY
        const { at, label } = timeTicks(from, to)
        expect(at.length).toBeGreaterThan(0)
        expect(at.length).toBeLessThanOrEqual(8)
        expect(at.every((tick) => tick >= from && tick <= to)).toBe(true)
        expect(new Set(at.map(label)).size).toBe(at.length)
        expect(at.every((tick) => /^[A-Z][a-z]{2} (?:\d{1,2}, )?\d{4}$/.test(label(tick)))).toBe(true)
      }
  })
})
