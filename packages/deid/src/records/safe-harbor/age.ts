import { DeidError } from '../../shared/errors.ts'
import { type Day, type DayRange, dayOf, parseFhirDate } from '../../shared/fhir-date.ts'

/**
 * 45 CFR 164.514(b)(2)(i)(C): "such ages and elements may be aggregated into a single category of age 90 or
 * older".
 */
export const AGE_GROUP = '90 or older'
export type AgeGroup = typeof AGE_GROUP
const GROUP_AGE = 90

/** What the rule needs to know of the person, as FHIR dates; `deceased` is null for the living. */
export interface PersonFacts {
  readonly birthDate: string | null
  readonly deceased: string | null
}

/**
 * - `to-89`: 89 or younger on the reference day, whatever the dates leave open;
 * - `over-89`: 90 or older on the reference day, or possibly so;
 * - `unknown`: no birth date that can be read. Treated like `over-89`, but the group is not claimed.
 */
type AgeStanding = 'to-89' | 'over-89' | 'unknown'

export interface Ageing {
  readonly standing: AgeStanding
  readonly birthYear: number | null
  /** The day from which on the person is (or may be) 90; null where the birth date is unknown. */
  readonly ninetiethBirthday: Day | null
  readonly referenceYear: number
}

/**
 * Born on Feb 29: 90 years later is never a leap year (90 mod 4 = 2), so the earlier day, Feb 28, is taken.
 */
const ninetiethBirthday = (birth: Day): Day => {
  const year = Math.floor(birth / 10_000) + GROUP_AGE
  const monthDay = birth % 10_000
  return year * 10_000 + (monthDay === 229 ? 228 : monthDay)
}

/**
 * The reference day is the day of death, else the as-of date (UTC). An unreadable day of death: the as-of
 * date.
 */
const referenceOf = (deceased: string | null, asOf: Date): DayRange => {
  if (Number.isNaN(asOf.getTime())) throw new DeidError('bad-as-of', 'The as-of date is not a valid date.')
  const day = dayOf(asOf.getUTCFullYear(), asOf.getUTCMonth() + 1, asOf.getUTCDate())
  return parseFhirDate(deceased) ?? { first: day, last: day, year: asOf.getUTCFullYear() }
}

/** Where a date is given to the year or month only, the reading that makes the person oldest counts. */
export const ageingOf = (person: PersonFacts, asOf: Date): Ageing => {
  const reference = referenceOf(person.deceased, asOf)
  const birth = parseFhirDate(person.birthDate)
  if (birth === null || birth.first > reference.last)
    return { standing: 'unknown', birthYear: null, ninetiethBirthday: null, referenceYear: reference.year }
  const ninety = ninetiethBirthday(birth.first)
  return {
    standing: reference.last >= ninety ? 'over-89' : 'to-89',
    birthYear: birth.year,
    ninetiethBirthday: ninety,
    referenceYear: reference.year,
  }
}

/**
 * The year of a date tied to the person, or null where it would be an element "(including year) indicative of
 * such age". Let R be the year of the reference day (death, else as-of).
 *
 * Over 89, or age unknown: the reader learns no birth year, but learns that the person was alive in every
 * year that is released, and R (or a later year) from the release. Two such years that lie 90 or more apart
 * tell an age over 89 and bound it more closely than the group does. So only the 90 calendar years R-89 … R
 * are released: any two of them are at most 89 apart.
 *
 * To 89: the birth year Y is released. A date on or after the 90th birthday (care after the as-of date, a
 * coverage that ends in 9999, a claim settled long after death) would tell a later age over 89, and one in a
 * year before R-90 (a default such as 1900-01-01) a false one: both are withheld. Y itself is never before
 *
 */
export const releasableYear = (value: unknown, ageing: Ageing): number | null => {
  const date = parseFhirDate(value)
  if (date === null) return null
  const { standing, ninetiethBirthday: ninety, referenceYear } = ageing
  if (standing === 'to-89' && ninety !== null)
    return date.year >= referenceYear - GROUP_AGE && date.first < ninety ? date.year : null
  return date.year > referenceYear - GROUP_AGE && date.year <= referenceYear ? date.year : null
}
