import { isObject, textOf } from './json.ts'

/**
 * FHIR dates are as exact as they were recorded: a year, a month, a day or an instant with its offset. They
 * are shown just so, in the recorded offset, because moving a clinic's clock time to the reader's would
 * change what the chart says.
 */

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}:\d{2}))?/

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options })
const byDay = format({ year: 'numeric', month: 'short', day: 'numeric' })
const byMonth = format({ year: 'numeric', month: 'short' })

/** "Nov 24, 1998", "Nov 24, 1998, 05:19", "Nov 1998", "1998"; null for what is no date. */
export const fhirDate = (value: unknown, withTime = true): string | null => {
  const text = textOf(value)
  const match = text === null ? null : DATE.exec(text)
  if (match === null) return null
  const [, year, month, day, time] = match
  if (month === undefined) return year ?? null
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1))
  if (Number.isNaN(at)) return text
  if (day === undefined) return byMonth.format(at)
  return time === undefined || !withTime ? byDay.format(at) : `${byDay.format(at)}, ${time}`
}

/** "Nov 24, 1998, 05:19 to Nov 25, 1998, 07:00"; an end on the same day as a time alone. */
export const fhirPeriod = (value: unknown): string | null => {
  if (!isObject(value)) return null
  const start = fhirDate(value.start)
  const end = fhirDate(value.end)
  if (start === null) return end === null ? null : `until ${end}`
  if (end === null) return `since ${start}`
  if (start === end) return start
  const sameDay = fhirDate(value.start, false) === fhirDate(value.end, false)
  return `${start} to ${sameDay ? end.slice(end.lastIndexOf(', ') + 2) : end}`
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
