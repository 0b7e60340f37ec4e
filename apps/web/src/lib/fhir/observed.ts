import { fhirDate, fhirPeriod } from './dates.ts'
import { isObject, type Json, joined, objectsIn, textOf } from './json.ts'
import { numberText } from './numbers.ts'
import { conceptText, quantityText, rangeText, ratioText } from './text.ts'

/** FHIR's `value[x]` in one line, whichever datatype it has. Null for what has no words. */

const whole = (value: unknown): string | null => numberText(value) ?? textOf(value)

/** SampledData: its values are a curve, not words. */
const sampledText = (value: unknown): string | null => {
  if (!isObject(value)) return null
  const count = textOf(value.data)?.split(/\s+/).length
  return count === undefined ? null : `a curve of ${count} values`
}

/** "08:30", and the seconds where there are some. */
const timeText = (value: unknown): string | null => textOf(value)?.replace(/^(\d\d:\d\d):00$/, '$1') ?? null

/** `about` is the code of what was observed: it says what a rate counts. */
const TEXTS: Readonly<Record<string, (value: unknown, about: unknown) => string | null>> = {
  Quantity: quantityText,
  CodeableConcept: conceptText,
  Coding: conceptText,
  String: textOf,
  Boolean: (value) => (value === true ? 'Yes' : value === false ? 'No' : null),
  Integer: whole,
  Decimal: whole,
  Range: rangeText,
  Ratio: ratioText,
  SampledData: sampledText,
  Time: timeText,
  Date: (value) => fhirDate(value),
  DateTime: (value) => fhirDate(value),
  Instant: (value) => fhirDate(value),
  Period: fhirPeriod,
  Attachment: (value) => (isObject(value) ? (textOf(value.title) ?? textOf(value.contentType)) : null),
}

/** The name of the `value[x]` that is there, or null. */
export const valueName = (values: Json): string | null =>
  Object.keys(values).find((name) => /^value[A-Z]/.test(name) && values[name] !== undefined) ?? null

/** The value of an observation or of a part of one, else why there is none; null for neither. */
export const valueText = (values: Json): string | null => {
  const name = valueName(values)
  const text = name === null ? null : (TEXTS[name.slice('value'.length)]?.(values[name], values.code) ?? null)
  return text ?? absentText(values.dataAbsentReason)
}

/** Codes of http://terminology.hl7.org/CodeSystem/data-absent-reason that come without a display. */
const ABSENT: Readonly<Record<string, string>> = {
  unknown: 'unknown',
  'asked-unknown': 'asked, not known',
  'temp-unknown': 'not known yet',
  'not-asked': 'not asked',
  'asked-declined': 'asked, declined to answer',
  masked: 'withheld by the source',
  'not-applicable': 'not applicable',
  unsupported: 'not supported by the source',
  'as-text': 'in the text alone',
  error: 'an error',
  'not-a-number': 'not a number',
  'negative-infinity': 'below what can be measured',
  'positive-infinity': 'above what can be measured',
  'not-performed': 'not performed',
  'not-permitted': 'not permitted',
}

/** "No value: not performed". */
export const absentText = (reason: unknown): string | null => {
  const code = isObject(reason) ? textOf(objectsIn(reason.coding)[0]?.code) : textOf(reason)
  const said = (code === null ? undefined : ABSENT[code]) ?? conceptText(reason)
  return said === null ? null : `No value: ${said}`
}

/** The parts of an observation: "Systolic: 120 mmHg; Diastolic: No value: not performed". */
export const componentText = (value: unknown): string | null =>
  joined(
    objectsIn(value).map((one) => joined([conceptText(one.code), valueText(one)], ': ')),
    '; ',
  )
