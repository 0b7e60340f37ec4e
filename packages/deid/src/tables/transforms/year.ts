import { parseFhirDate } from '../../shared/fhir-date.ts'
import { type Apply, badValue } from './context.ts'

/** Ages up to this one may be told (45 CFR 164.514(b)(2)(i)(C)). */
const OLDEST = 89

/**
 * The year of a date (YYYY, YYYY-MM, YYYY-MM-DD, or with a time) between the year of `asOf` and 89 years
 * before it. Earlier ones, which as a year of birth tell an age over 89, are one group, "< 1937"; later ones
 * another, "> 2026", since beside a year of birth they would tell such an age to come. Any two years that are
 * shown are at most 89 apart. Throws `bad-value` for what is no date.
 */
export const yearOf = (asOf: string, column: string): Apply => {
  const last = parseFhirDate(asOf)?.year
  if (last === undefined) throw badValue(column, 'a date: the day as of which ages are reckoned')
  const first = last - OLDEST
  return (value) => {
    const year = parseFhirDate(value)?.year
    if (year === undefined) throw badValue(column, 'a date or a year, as year needs it')
    if (year < first) return `< ${first}`
    return year > last ? `> ${last}` : String(year)
  }
}
