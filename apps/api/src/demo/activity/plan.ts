import { Prng } from '@chartward/fhir'
import type { Calendar } from '../../core/days.ts'
import type { DemoPerson } from '../people.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
/**
 * What is planned ends so long before now: it is over, whatever a step-up has cost, when the console opens.
 */
const QUIET_MS = 10 * MINUTE_MS

/** A day of the installation's time zone. */
export interface PlannedDay {
  /** Its first moment, in milliseconds. */
  readonly start: number
  readonly isWeekend: boolean
  /** 0 for today. */
  readonly ago: number
}

/**
 * What stories are told on: days, people and dice. The same seed, days and people give the same acts.
 */
export interface Plan {
  readonly days: readonly PlannedDay[]
  readonly people: readonly DemoPerson[]
  /** All that happens lies in between, in milliseconds. */
  readonly from: number
  readonly to: number
  /** Dice of its own for each part, so that one part changes nothing in another. */
  dice(label: string): Prng
  /**
   * The moment `hour` (8.5 is half past eight) of the day so many days ago; null where the plan does not
   * reach back so far, or the moment is still to come.
   */
  at(daysAgo: number, hour: number): number | null
}

interface Given {
  readonly seed: string
  readonly days: number
  readonly now: Date
  readonly calendar: Calendar
  readonly people: readonly DemoPerson[]
}

const dayAgo = (calendar: Calendar, now: Date, ago: number): PlannedDay => {
  const start = calendar.dayOf(now).from.getTime()
  // Noon, so that no change of the clocks makes one day of two.
  const noon = new Date(start + DAY_MS / 2 - ago * DAY_MS)
  const { from } = calendar.dayOf(noon)
  return { start: from.getTime(), isWeekend: [0, 6].includes(weekdayOf(noon, calendar.timeZone)), ago }
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const weekdayOf = (at: Date, timeZone: string): number =>
  WEEKDAYS.indexOf(new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(at))

export const makePlan = ({ seed, days, now, calendar, people }: Given): Plan => {
  const planned = Array.from({ length: days + 1 }, (_, i) => dayAgo(calendar, now, days - i))
  const from = planned[0]?.start ?? now.getTime()
  const to = now.getTime() - QUIET_MS
  return {
    days: planned,
    people,
    from,
    to,
    dice: (label) => new Prng(`${seed}/${label}`),
    at: (daysAgo, hour) => {
      const day = planned.find(({ ago }) => ago === daysAgo)
      const at = day === undefined ? null : day.start + hour * HOUR_MS
      return at === null || at < from || at >= to ? null : at
    },
  }
}
