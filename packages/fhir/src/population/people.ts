import type { JsonObject } from '../json.ts'
import type { Doctor } from './directory.ts'
import { FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES } from './names.ts'
import { choosePlace, type Home, livingAt, phoneNumber } from './places.ts'
import type { Prng } from './prng.ts'
import { ageAt, DAY, YEAR } from './time.ts'

export interface Relative {
  readonly given: string
  readonly family: string
  /** As notes say it: daughter, husband, … */
  readonly words: string
  readonly phone: string
}

export interface Person {
  readonly id: string
  readonly isFemale: boolean
  readonly given: string
  readonly middle: string
  readonly family: string
  /** The family name before marriage, where it was another. */
  readonly maidenName: string | null
  readonly mother: string
  readonly birth: number
  readonly death: number | null
  /** Age at the end: at death, or when the population is as of. */
  readonly age: number
  readonly home: Home
  readonly birthPlace: JsonObject
  readonly phone: string
  readonly email: string | null
  readonly mrn: string
  readonly memberNumber: string
  readonly maritalStatus: 'M' | 'S' | 'D' | 'W'
  readonly relative: Relative | null
  readonly doctor: Doctor
}

/** People in each span of ages, of 100 patients: older than the country, as those who see doctors are. */
const AGES: readonly (readonly [span: readonly [number, number], weight: number])[] = [
  [[0, 4], 6],
  [[5, 17], 11],
  [[18, 34], 18],
  [[35, 49], 18],
  [[50, 64], 21],
  [[65, 79], 17],
  [[80, 89], 6],
  [[90, 101], 3],
]

const deathRate = (age: number): number => (age < 50 ? 0.004 : age < 65 ? 0.03 : age < 80 ? 0.08 : 0.2)

const maritalStatusAt = (prng: Prng, age: number): Person['maritalStatus'] => {
  if (age < 22) return 'S'
  if (age >= 70)
    return prng.weighted([
      ['M', 45],
      ['W', 35],
      ['D', 12],
      ['S', 8],
    ] as const)
  return prng.weighted([
    ['M', 52],
    ['S', 30],
    ['D', 15],
    ['W', 3],
  ] as const)
}

const relativeOf = (prng: Prng, age: number, status: string, family: string, areaCode: string): Relative => {
  const isFemale = prng.chance(0.5)
  const kind =
    age < 18
      ? (['mother', 'father'] as const)
      : status === 'M'
        ? (['wife', 'husband'] as const)
        : age > 55
          ? (['daughter', 'son'] as const)
          : (['sister', 'brother'] as const)
  return {
    given: prng.pick(isFemale ? FEMALE_NAMES : MALE_NAMES),
    family: prng.chance(0.75) ? family : prng.pick(FAMILY_NAMES),
    words: isFemale ? kind[0] : kind[1],
    phone: phoneNumber(prng, areaCode),
  }
}

/** A person who never lived, as of a time (milliseconds since 1970). */
export const makePerson = (prng: Prng, asOf: number, doctors: readonly Doctor[]): Person => {
  const id = prng.uuid()
  const isFemale = prng.chance(0.52)
  const [youngest, oldest] = prng.weighted(AGES)
  const birth = asOf - prng.int(youngest, oldest) * YEAR - prng.int(1, 364) * DAY
  const livedTo = ageAt(birth, asOf)
  // Within the last three years, but not before a year of life.
  const deadFor = Math.min(prng.float() * 3 * YEAR, Math.max(0, asOf - birth - YEAR))
  const death = prng.chance(deathRate(livedTo)) && deadFor > DAY ? asOf - deadFor : null
  const age = ageAt(birth, death ?? asOf)
  const given = prng.pick(isFemale ? FEMALE_NAMES : MALE_NAMES)
  const family = prng.pick(FAMILY_NAMES)
  const maritalStatus = maritalStatusAt(prng, age)
  const place = choosePlace(prng)
  const born = prng.chance(0.6) ? place : choosePlace(prng)
  const mail = `${given}.${family}${prng.int(1, 99)}@example.org`.toLowerCase()
  return {
    id,
    isFemale,
    given,
    middle: prng.pick(isFemale ? FEMALE_NAMES : MALE_NAMES),
    family,
    maidenName: isFemale && maritalStatus !== 'S' && prng.chance(0.6) ? prng.pick(FAMILY_NAMES) : null,
    mother: `${prng.pick(FEMALE_NAMES)} ${prng.pick(FAMILY_NAMES)}`,
    birth,
    death,
    age,
    home: livingAt(prng, place),
    birthPlace: { city: born.city, state: born.state, country: 'US' },
    phone: phoneNumber(prng, place.areaCode),
    email: age >= 16 && prng.chance(0.8) ? mail : null,
    mrn: `${prng.int(1, 9)}${prng.digits(7)}`,
    memberNumber: `W${prng.digits(9)}`,
    maritalStatus,
    relative: prng.chance(0.7) ? relativeOf(prng, age, maritalStatus, family, place.areaCode) : null,
    doctor: prng.pick(doctors),
  }
}

/** How a note calls the patient: `Mrs. Lopez`, or a child by the given name. */
export const addressed = (person: Person): string => {
  if (person.age < 18) return person.given
  if (!person.isFemale) return `Mr. ${person.family}`
  return `${person.maritalStatus === 'M' ? 'Mrs.' : 'Ms.'} ${person.family}`
}
