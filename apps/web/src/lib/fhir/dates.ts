import { writeDate } from '../dates.ts'
import { isObject, textOf } from './json.ts'

/**
 * FHIR dates are as exact as they were recorded: a year, a month, a day or an instant with its offset. They
 * are shown just so, in the recorded offset, because moving a clinic's clock time to the reader's would
 * change what the chart says; which offset it is stands beside the time. Hours count to 24, as charts have
 * them everywhere; days are written in the way of the reader's region.
 */

const DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:(Z)|([+-])(\d{2}):(\d{2}))?)?/

interface Shown {
  readonly day: string
  readonly time: string | null
  /** "UTC−5", "UTC+5:30", "UTC"; null where none was recorded. */
  readonly zone: string | null
}

const zoneOf = (isUtc: boolean, sign?: string, hours?: string, minutes?: string): string | null => {
  if (isUtc || (hours === '00' && minutes === '00')) return 'UTC'
  if (sign === undefined || hours === undefined) return null
  return `UTC${sign === '-' ? '−' : '+'}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`
}

const shownOf = (value: unknown): Shown | null => {
  const text = textOf(value)
  const match = text === null ? null : DATE.exec(text)
  if (text === null || match === null) return null
  const [, year = '', month, day, time, utc, sign, hours, minutes] = match
  if (month === undefined) return { day: year, time: null, zone: null }
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1))
  if (Number.isNaN(at)) return { day: text, time: null, zone: null }
  if (day === undefined) return { day: writeDate(at, 'month', 'UTC'), time: null, zone: null }
  const zone = time === undefined ? null : zoneOf(utc !== undefined, sign, hours, minutes)
  return { day: writeDate(at, 'day', 'UTC'), time: time ?? null, zone }
}

/** "Nov 24, 1998", "Nov 24, 1998, 05:19 UTC−5", "Nov 1998", "1998"; null for what is no date. */
export const fhirDate = (value: unknown, withTime = true): string | null => {
  const shown = shownOf(value)
  if (shown === null) return null
  const { day, time, zone } = shown
  return time === null || !withTime ? day : `${day}, ${time}${zone === null ? '' : ` ${zone}`}`
}

/**
 * "Nov 24, 1998, 05:19 to Nov 25, 1998, 07:00 UTC−5"; an end on the same day as a time alone, and one zone
 * once.
 */
export const fhirPeriod = (value: unknown): string | null => {
  if (!isObject(value)) return null
  const [start, end] = [shownOf(value.start), shownOf(value.end)]
  const [from, to] = [fhirDate(value.start), fhirDate(value.end)]
  if (start === null || from === null) return to === null ? null : `until ${to}`
  if (end === null || to === null) return `since ${from}`
  if (from === to) return from
  const isSameDay = start.day === end.day && start.time !== null && end.time !== null
  const last = isSameDay ? `${end.time}${end.zone === null ? '' : ` ${end.zone}`}` : to
  const isOneZone = start.zone === end.zone && start.time !== null
  return `${isOneZone ? `${start.day}, ${start.time}` : from} to ${last}`
}

/**
 * Whole years between a birth date and a day (both YYYY-MM-DD), or null where the birth date is not known to
 * the day.
 */
export const ageOn = (birthDate: unknown, day: string): number | null => {
  const born = /^(\d{4})-(\d{2}-\d{2})/.exec(textOf(birthDate) ?? '')
  const then = /^(\d{4})-(\d{2}-\d{2})/.exec(day)
  if (born?.[1] === undefined || born[2] === undefined || then?.[1] === undefined || then[2] === undefined)
    return null
  const years = Number(then[1]) - Number(born[1]) - (then[2] < born[2] ? 1 : 0)
  return years < 0 ? null : years
}
