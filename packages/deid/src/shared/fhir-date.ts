/** A calendar day as one comparable number: 20261122. */
export type Day = number

export interface DayRange {
  readonly first: Day
  readonly last: Day
  readonly year: number
}

const FHIR_DATE =
  /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?)?)?$/

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

export const dayOf = (year: number, month: number, day: number): Day => year * 10_000 + month * 100 + day

/**
 * The first and last day that a FHIR R4 date, dateTime or instant may mean (`1937` is the whole year), as
 * written and in its own time zone; null for anything else, a day that no calendar has included.
 */
export const parseFhirDate = (value: unknown): DayRange | null => {
  if (typeof value !== 'string') return null
  const match = FHIR_DATE.exec(value)
  if (match === null) return null
  const year = Number(match[1])
  if (year < 1) return null
  if (match[2] === undefined) return { first: dayOf(year, 1, 1), last: dayOf(year, 12, 31), year }
  const month = Number(match[2])
  if (match[3] === undefined)
    return { first: dayOf(year, month, 1), last: dayOf(year, month, daysIn(year, month)), year }
  const day = Number(match[3])
  if (day > daysIn(year, month)) return null
  return { first: dayOf(year, month, day), last: dayOf(year, month, day), year }
}
