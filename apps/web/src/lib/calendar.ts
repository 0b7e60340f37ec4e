import { timeZone } from './page-meta.ts'

/**
 * Calendar days as a date field gives them (YYYY-MM-DD). They begin and end by the installation's clocks, so
 * that a day is the same hours for everybody who asks for it.
 */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const DAY_MS = 86_400_000

/** Midnight of a day by a clock of UTC, or null where the text is no day. */
const wallClock = (day: string): number | null => {
  const match = DAY.exec(day)
  if (match === null) return null
  const [year = 0, month = 1, date = 1] = match.slice(1).map(Number)
  const at = new Date(0).setUTCFullYear(year, month - 1, date)
  return dayAt(at) === day ? at : null
}

const dayAt = (wall: number): string => new Date(wall).toISOString().slice(0, 10)

/** Made once for each zone: a page has one, and making it takes longer than reading it. */
const clocks = new Map<string, Intl.DateTimeFormat>()

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, clock)
  return clock
}

/** The instant at which a clock of UTC shows what the zone's clocks show at `at`, to the second. */
const localAt = (at: number, zone: string): number => {
  const read: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of clockOf(zone).formatToParts(at)) read[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read
  return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000
}

/** Where a change of the clocks skips midnight, the day begins with the first moment that it has. */
const startAt = (wall: number, zone: string): string => {
  const starts = [wall - DAY_MS, wall + DAY_MS].map((at) => wall - (localAt(at, zone) - at))
  const start = starts.toSorted((a, b) => a - b).find((at) => localAt(at, zone) >= wall)
  return new Date(start ?? wall).toISOString()
}

/** The day's first moment as an ISO instant, or null where the text is no day. */
export const startOfDay = (day: string, zone = timeZone()): string | null => {
  const wall = wallClock(day)
  return wall === null ? null : startAt(wall, zone)
}

/** The first moment of the day after: an exclusive end. */
export const endOfDay = (day: string, zone = timeZone()): string | null => {
  const wall = wallClock(day)
  return wall === null ? null : startAt(wall + DAY_MS, zone)
}

/** The day in which an instant (milliseconds) lies. */
export const dayOf = (at: number, zone = timeZone()): string => dayAt(localAt(at, zone))

/** Said where the person's own clocks are another zone's; else nothing. */
export const whoseDays = (
  zone = timeZone(),
  own = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): string => (zone === own ? '' : `Days are those of ${zone}.`)

export interface DayRange {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const daysBefore = (day: string, days: number): string => dayAt((wallClock(day) ?? 0) - days * DAY_MS)

/** Ranges that are asked for most, both days included, seen from a day. */
export const PRESETS = [
  { key: 'today', label: 'Today', of: (today: string): DayRange => ({ from: today, to: today }) },
  {
    key: 'week',
    label: 'Last 7 days',
    of: (today: string): DayRange => ({ from: daysBefore(today, 6), to: today }),
  },
  {
    key: 'weeks',
    label: 'Last 28 days',
    of: (today: string): DayRange => ({ from: daysBefore(today, 27), to: today }),
  },
  {
    key: 'month',
    label: 'This month',
    of: (today: string): DayRange => ({ from: `${today.slice(0, 8)}01`, to: today }),
  },
] as const

/** The preset that a range is on a day, if it is one. */
export const presetOf = ({ from, to }: DayRange, today: string): (typeof PRESETS)[number] | undefined =>
  PRESETS.find(({ of }) => {
    const range = of(today)
    return range.from === from && range.to === to
  })
