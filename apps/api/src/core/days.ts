const DAY_MS = 24 * 60 * 60 * 1000
const FHIR_DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T.*)?)?)?$/
const HAS_OFFSET = /(?:Z|[+-]\d\d:\d\d)$/
/** In the year 9999 lie placeholders for "no end"; it is the last that a timestamp is written with. */
export const NEVER = new Date(Date.UTC(9999, 0, 1))

/** A stretch of whole days: from the first moment of one, and up to (without) the first after another. */
export interface Days {
  readonly from: Date
  readonly to: Date
}

/**
 * A day of the calendar; `month` from 0, and out of its range where it is worked out, as Date.UTC takes it.
 */
type Day = readonly [year: number, month: number, day: number]

/** Whether Intl knows the name as a zone of the IANA database; `+02:00` and its like are none. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Calendar days of one time zone (IANA name). */
export class Calendar {
  /** The zone's name in the IANA database. */
  readonly timeZone: string
  readonly #format: Intl.DateTimeFormat | null

  /** Throws RangeError for a zone that Intl does not know. */
  constructor(timeZone: string) {
    this.timeZone = timeZone
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const
    const time = {
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
      era: 'short',
    } as const
    this.#format =
      timeZone === 'UTC'
        ? null
        : new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', ...parts, ...time })
  }

  /** A moment as a person reads it, with its zone: for mail, whose reader's is not known. */
  moment(at: Date): string {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: this.timeZone,
      dateStyle: 'long',
      timeStyle: 'long',
    }).format(at)
  }

  /** The day that an instant lies in. */
  dayOf(at: Date): Days {
    const local = new Date(this.#local(at.getTime()))
    return this.#days([local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()], [0, 0, 1])
  }

  /**
   * The days that a FHIR date or dateTime stands for: a year the whole year, a month the whole month, a
   * moment its day here, and one without an offset the day that it says. The year 9999 is NEVER. Null for
   * what is no date.
   */
  daysOf(text: string): Days | null {
    const [, year, month, day, time] = FHIR_DATE.exec(text) ?? []
    if (year === undefined || Number(year) === 0) return null
    if (Number(year) === NEVER.getUTCFullYear()) return { from: NEVER, to: NEVER }
    if (time !== undefined && HAS_OFFSET.test(time)) {
      const at = new Date(text)
      if (!Number.isNaN(at.getTime())) return this.dayOf(at)
    }
    const first: Day = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)]
    const said = new Date(wallClock(first))
    if (said.getUTCMonth() !== first[1] || said.getUTCDate() !== first[2]) return null
    return this.#days(first, month === undefined ? [1, 0, 0] : day === undefined ? [0, 1, 0] : [0, 0, 1])
  }

  #days(first: Day, long: Day): Days {
    const next: Day = [first[0] + long[0], first[1] + long[1], first[2] + long[2]]
    return { from: this.#startOf(first), to: this.#startOf(next) }
  }

  /** Where a change of the clocks skips midnight, the day begins with the first moment that it has. */
  #startOf(day: Day): Date {
    const wall = wallClock(day)
    const offsets = [wall - DAY_MS, wall + DAY_MS].map((at) => this.#local(at) - at)
    const starts = offsets.map((offset) => wall - offset).sort((a, b) => a - b)
    return new Date(starts.find((at) => this.#local(at) >= wall) ?? wall)
  }

  /** The instant at which a clock of UTC shows what the zone's clocks show at `at`. */
  #local(at: number): number {
    if (this.#format === null) return at
    const read: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
    for (const { type, value } of this.#format.formatToParts(at)) read[type] = value
    const year = read.era === 'BC' ? 1 - Number(read.year) : Number(read.year)
    const day = wallClock([year, Number(read.month) - 1, Number(read.day)])
    return day + Number(read.hour) * 3_600_000 + Number(read.minute) * 60_000 + Number(read.second) * 1000
  }
}

/** Midnight of a day by a clock of UTC; Date.UTC takes the years before 100 for those of the last century. */
const wallClock = ([year, month, day]: Day): number => new Date(0).setUTCFullYear(year, month, day)
