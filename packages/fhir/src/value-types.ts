import { type FieldType, isNumeric, numberOf } from '@chartward/policy'
import { isObject, isString, type JsonObject } from './json.ts'
import { ID } from './references.ts'

type Check = (value: unknown) => boolean

/** A token of a closed FHIR value set: all of R4's required bindings that the catalog maps are spelled so. */
const CODE = /^[A-Za-z][A-Za-z0-9-]{0,63}$/
/** https://hl7.org/fhir/R4/datatypes.html#date: year, year and month, or a day of the calendar. */
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
/** https://hl7.org/fhir/R4/datatypes.html#dateTime: where there is a time there are seconds and a zone. */
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/

/** https://hl7.org/fhir/R4/datatypes.html#time: a time of the day, without a zone. */
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

const isDate: Check = (value) => {
  const parts = isString(value) ? DATE.exec(value) : null
  if (parts === null || parts[1] === '0000') return false
  const [, year, month, day] = parts.map(Number)
  if (year === undefined || parts[2] === undefined || month === undefined) return true
  if (month < 1 || month > 12) return false
  return parts[3] === undefined || day === undefined || (day >= 1 && day <= daysIn(year, month))
}

const isDateTime: Check = (value) => {
  if (!isString(value)) return false
  const at = value.indexOf('T')
  if (at === -1) return isDate(value)
  return at === 10 && isDate(value.slice(0, at)) && TIME.test(value.slice(at + 1))
}

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
/**
 * FHIR allows null in a list of primitives, where a sibling `_element` carries the extension of that item.
 */
const isStringList = listOf((item) => item === null || isString(item))
const object =
  (parts: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(parts).every(([name, check]) => optional(check)(value[name]))

const coding: Check = object({ system: isString, code: isString, display: isString })
const concept: Check = object({ coding: listOf(coding), text: isString })
const period: Check = object({ start: isDateTime, end: isDateTime })
const quantity: Check = object({ value: isNumeric, unit: isString, system: isString, code: isString })
const range: Check = object({ low: quantity, high: quantity })
const ratio: Check = object({ numerator: quantity, denominator: quantity })
const reference: Check = object({ reference: isString, display: isString, type: isString })
const address: Check = object({
  line: isStringList,
  city: isString,
  district: isString,
  state: isString,
  postalCode: isString,
  country: isString,
  text: isString,
})

/**
 * What the JSON of each datatype must look like for masks, search and de-identification to read it rightly.
 */
const CHECKS: Readonly<Record<FieldType, Check>> = {
  string: isString,
  code: (value) => isString(value) && CODE.test(value),
  id: (value) => isString(value) && ID.test(value),
  boolean: (value) => typeof value === 'boolean',
  // As 1.0 and 1e3 too, which other JSON readers take for integers.
  integer: (value) => Number.isSafeInteger(numberOf(value)),
  date: isDate,
  dateTime: isDateTime,
  Period: period,
  time: (value) => isString(value) && CLOCK.test(value),
  decimal: isNumeric,
  Quantity: quantity,
  Range: range,
  Ratio: ratio,
  SampledData: object({ origin: quantity, data: isString }),
  Money: object({ value: isNumeric, currency: isString }),
  Coding: coding,
  CodeableConcept: concept,
  'CodeableConcept[]': listOf(concept),
  'HumanName[]': listOf(
    object({
      family: isString,
      given: isStringList,
      prefix: isStringList,
      suffix: isStringList,
      text: isString,
    }),
  ),
  Address: address,
  'Address[]': listOf(address),
  'ContactPoint[]': listOf(object({ system: isString, value: isString })),
  'Identifier[]': listOf(object({ type: concept, system: isString, value: isString })),
  Reference: reference,
  'Reference[]': listOf(reference),
  'Annotation[]': listOf(object({ text: isString, time: isDateTime })),
  Narrative: object({ status: isString, div: isString }),
  'Attachment[]': listOf(object({ contentType: isString, data: isString, url: isString, title: isString })),
  'Component[]': listOf(object({ code: concept, valueQuantity: quantity, valueCodeableConcept: concept })),
  Complex: (value: unknown) =>
    isObject(value) || listOf((item) => item === null || isObject(item) || isString(item))(value),
}

export const isOfType = (type: FieldType, value: unknown): boolean => CHECKS[type](value)

/** An Extension has a url: https://hl7.org/fhir/R4/extensibility.html#Extension */
export const isExtensionList = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.every((item) => isObject(item) && isString(item.url))
