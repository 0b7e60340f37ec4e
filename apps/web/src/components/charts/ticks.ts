import { writeDate } from '../../lib/dates.ts'

const DAY = 86_400_000
const MOST_TICKS = 6

/** Steps between ticks, in months, that people count in. */
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]

export interface TimeTicks {
  readonly at: readonly number[]
  /** A tick in words: it names its month and year, and the day where a month has several ticks. */
  readonly label: (at: number) => string
}

/**
 * Where a time axis has its ticks: the first days of months, else days evenly apart, at most six, each of
 * another label. `from` and `to` in ms; UTC throughout.
 */
export const timeTicks = (from: number, to: number): TimeTicks => {
  const first = new Date(from)
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth()
  const last = new Date(to)
  const end = last.getUTCFullYear() * 12 + last.getUTCMonth()
  if (end - start >= 3) {
    const step = MONTHS.find((months) => (end - start) / months <= MOST_TICKS) ?? 1200
    const at: number[] = []
    for (let month = Math.ceil(start / step) * step; month <= end; month += step) {
      const tick = Date.UTC(Math.floor(month / 12), month % 12)
      if (tick >= from && tick <= to) at.push(tick)
    }
    return { at, label: (tick) => writeDate(tick, 'month', 'UTC') }
  }
  const days = Math.max(1, Math.ceil((to - from) / DAY / MOST_TICKS))
  const at: number[] = []
  for (let day = Math.ceil(from / DAY) * DAY; day <= to; day += days * DAY) at.push(day)
  return { at: at.length === 0 ? [from] : at, label: (tick) => writeDate(tick, 'day', 'UTC') }
}
