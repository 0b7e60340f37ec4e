import { type ExactNumber, isNumeric, numberOf } from '@chartward/policy'
import { own } from '../../shared/json.ts'
import type { Code, Comparator, DeidQuantity, DeidValue } from '../record.ts'
import { LOINC } from '../terminology/code-systems.ts'
import { CURRENCIES, knownUnit } from '../terminology/units.ts'
import type { Ageing } from './age.ts'
import { plainNumber } from './numbers.ts'

/**
 * Units in which an age is told: from which number on it is 90 years, and the last that is no more than 89.
 * Days of 90 years are at least 32,871 (a span with 1900 in it has 21 leap days).
 */
const AGE_UNITS: ReadonlyMap<string, { readonly ninety: number; readonly last: number }> = new Map([
  ...['a', 'a_j', 'a_t', 'a_g'].map((unit) => [unit, { ninety: 90, last: 89 }] as const),
  ...['mo', 'mo_j', 'mo_s', 'mo_g'].map((unit) => [unit, { ninety: 1080, last: 1068 }] as const),
  ['wk', { ninety: 4695, last: 4643 }],
  ['d', { ninety: 32_871, last: 32_506 }],
  ['h', { ninety: 788_904, last: 780_144 }],
  ['min', { ninety: 47_334_240, last: 46_808_640 }],
])

/** LOINC: age; estimated; reported; calculated. A bare number under one of these is in years. */
const AGE_CODES = new Set(['30525-0', '21611-9', '21612-7', '29553-5'])

const GROUP: DeidQuantity = { value: 90, unit: 'a', comparator: '>=' }

const isComparator = (value: unknown): value is Comparator =>
  value === '<' || value === '<=' || value === '>=' || value === '>'

export const isAgeGroup = (quantity: DeidQuantity): boolean =>
  quantity.comparator === '>=' && numberOf(quantity.value) === 90 && quantity.unit === 'a'

/**
 * An age. Over 89: the group "90 or older", written `>= 90 a`; between 89 and 90 years: 89. Of a person over
 * 89 (or of unknown age) a lower age is withheld: with the year of its record, or of the encounter, it would
 * tell today's.
 */
const releasableAge = (
  written: number | ExactNumber,
  unit: string,
  limits: { readonly ninety: number; readonly last: number },
  ageing: Ageing,
  comparator: Comparator | null,
): DeidQuantity | null => {
  const value = numberOf(written) ?? Number.POSITIVE_INFINITY
  if (value >= limits.ninety) return GROUP
  if (ageing.standing !== 'to-89') return null
  // "> 89" and ">= 89" are open upwards: they say no more than the group would, and may say it.
  if (value >= limits.last && (comparator === '>' || comparator === '>=')) return GROUP
  return { value: plainNumber(value > limits.last ? limits.last : written) ?? 0, unit, comparator }
}

/**
 * The unit as written: its UCUM code, else a unit in words. `undefined` is no unit, null one that is not
 * known.
 */
const unitOf = (quantity: unknown): string | null | undefined => {
  const written = [own(quantity, 'code'), own(quantity, 'unit')].filter((unit) => unit !== undefined)
  if (written.length === 0) return undefined
  for (const unit of written) {
    const known = typeof unit === 'string' ? knownUnit(unit) : null
    if (known !== null) return known
  }
  return null
}

/**
 * True for a bare number that may be an age of over 89: under a code of an age, or in the record of such a
 * person.
 */
const mayBeAge = (written: number | ExactNumber, codes: readonly Code[], ageing: Ageing): boolean => {
  const value = numberOf(written) ?? Number.POSITIVE_INFINITY
  return (
    value > 89 &&
    (codes.some(({ system, code }) => system === LOINC && AGE_CODES.has(code)) ||
      (ageing.standing !== 'to-89' && value <= 130))
  )
}

/** A whole number that is no age over 89 and has at most six digits; null otherwise. */
export const releasableInteger = (
  written: unknown,
  codes: readonly Code[],
  ageing: Ageing,
): number | null => {
  const value = numberOf(written)
  return value !== null && Number.isInteger(value) && Math.abs(value) < 1e6 && !mayBeAge(value, codes, ageing)
    ? value
    : null
}

/**
 * Number and unit of a FHIR Quantity. One whose unit is not known is withheld: the bare number could mean
 * anything.
 */
export const releasableQuantity = (
  quantity: unknown,
  ageing: Ageing,
  codes: readonly Code[],
): DeidQuantity | null => {
  const raw = own(quantity, 'value')
  const value = plainNumber(raw)
  const unit = unitOf(quantity)
  const written = own(quantity, 'comparator')
  if (value === null || !isNumeric(raw) || unit === null) return null
  if (written !== undefined && !isComparator(written)) return null
  const comparator = written ?? null
  if (unit === undefined) {
    return mayBeAge(value, codes, ageing) ? null : { value, unit: null, comparator }
  }
  const limits = AGE_UNITS.get(unit)
  return limits === undefined
    ? { value, unit, comparator }
    : releasableAge(raw, unit, limits, ageing, comparator)
}

/** Value and currency of a FHIR Money; cents are kept up to the digits of `plainNumber`. */
export const releasableMoney = (money: unknown): DeidValue | null => {
  const value = plainNumber(own(money, 'value'))
  const currency = own(money, 'currency')
  if (value === null) return null
  return {
    kind: 'money',
    value,
    currency: typeof currency === 'string' && CURRENCIES.has(currency) ? currency : null,
  }
}
