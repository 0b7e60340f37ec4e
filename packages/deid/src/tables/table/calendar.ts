import { parseFhirDate } from '../../shared/fhir-date.ts'

export interface CivilDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
/** Days of 400 years of the Gregorian calendar. */
const ERA = 146_097

/**
 * Days from 1970-01-01 in the proleptic Gregorian calendar (years from March, so that the leap day comes
 * last).
 */
export const daysOf = ({ year, month, day }: CivilDay): number => {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * ERA + dayOfEra - 719_468
}

/** The inverse of `daysOf`. */
export const civilOf = (days: number): CivilDay => {
  const shifted = days + 719_468
  const era = Math.floor(shifted / ERA)
  const dayOfEra = shifted - era * ERA
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / (ERA - 1))
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}

/**
 * The day that a text names in full (YYYY-MM-DD, a day that the calendar has), in days from 1970-01-01, or
 * null.
 */
export const dayNumberOf = (text: string): number | null => {
  const range = DAY.test(text) ? parseFhirDate(text) : null
  if (range === null) return null
  return daysOf({
    year: range.year,
    month: Math.floor(range.first / 100) % 100,
    day: range.first % 100,
  })
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0')

/** YYYY-MM-DD, or null outside of the years 1 to 9999. */
export const dayText = (days: number): string | null => {
  const { year, month, day } = civilOf(days)
  return year < 1 || year > 9999 ? null : `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}
