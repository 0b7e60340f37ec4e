import { isNumeric } from '@chartward/policy'
import { fhirDate, fhirPeriod } from './dates.ts'
import { isObject, type Json, joined, objectsIn, textOf, textsIn } from './json.ts'
import { numberText } from './numbers.ts'
import { conceptText, quantityText, quantityUnit, rangeText, ratioText } from './text.ts'

/**
 * R4's Dosage (https://hl7.org/fhir/R4/dosage.html) in one line. An element that has no words here makes none
 * of it: a dose of which a part is missing is a wrong one, so such a dosage is shown part by part.
 */

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  s: ['second', 'seconds'],
  min: ['minute', 'minutes'],
  h: ['hour', 'hours'],
  d: ['day', 'days'],
  wk: ['week', 'weeks'],
  mo: ['month', 'months'],
  a: ['year', 'years'],
}

/** https://hl7.org/fhir/R4/valueset-event-timing.html */
const WHEN: Readonly<Record<string, string>> = {
  MORN: 'in the morning',
  'MORN.early': 'early in the morning',
  'MORN.late': 'late in the morning',
  NOON: 'at noon',
  AFT: 'in the afternoon',
  'AFT.early': 'early in the afternoon',
  'AFT.late': 'late in the afternoon',
  EVE: 'in the evening',
  'EVE.early': 'early in the evening',
  'EVE.late': 'late in the evening',
  NIGHT: 'at night',
  PHS: 'after sleep',
  HS: 'at bedtime',
  WAKE: 'on waking',
  C: 'with meals',
  CM: 'with breakfast',
  CD: 'with lunch',
  CV: 'with dinner',
  AC: 'before meals',
  ACM: 'before breakfast',
  ACD: 'before lunch',
  ACV: 'before dinner',
  PC: 'after meals',
  PCM: 'after breakfast',
  PCD: 'after lunch',
  PCV: 'after dinner',
}

const DAYS: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

/** An object all of whose keys are read; what is left over makes the whole of it unreadable. */
class Unreadable extends Error {}

const only = (value: unknown, keys: readonly string[]): Json => {
  if (value === undefined) return {}
  if (!isObject(value) || Object.keys(value).some((key) => !keys.includes(key))) throw new Unreadable()
  return value
}

/** What has to have words where it is there. */
const must = (value: unknown, read: (value: unknown) => string | null): string | null => {
  if (value === undefined) return null
  const text = read(value)
  if (text === null) throw new Unreadable()
  return text
}

const upTo = (low: unknown, high: unknown): string | null =>
  high === undefined ? must(low, numberText) : `${must(low, numberText) ?? '0'} to ${must(high, numberText)}`

const isOne = (value: unknown): boolean => value === undefined || numberText(value) === '1'

const unitOf = (unit: unknown, isSingle: boolean): string => {
  const words = typeof unit === 'string' ? UNITS[unit] : undefined
  if (words === undefined) throw new Unreadable()
  return isSingle ? words[0] : words[1]
}

/** "2 times a day", "every 8 hours", "3 to 4 times every 2 weeks". */
const frequencyText = ({ frequency, frequencyMax, period, periodMax, periodUnit }: Json): string | null => {
  if (period === undefined && frequency === undefined) return null
  const isOnce = isOne(frequency) && frequencyMax === undefined
  const times = isOnce ? 'once' : `${upTo(frequency, frequencyMax)} times`
  if (period === undefined) return times
  if (isOne(period) && periodMax === undefined) {
    const unit = unitOf(periodUnit, true)
    return `${times} ${unit === 'hour' ? 'an' : 'a'} ${unit}`
  }
  const span = `every ${upTo(period, periodMax)} ${unitOf(periodUnit, false)}`
  return isOnce ? span : `${times} ${span}`
}

const REPEAT = [
  ...['boundsDuration', 'boundsRange', 'boundsPeriod', 'count', 'countMax', 'duration', 'durationMax'],
  ...['durationUnit', 'frequency', 'frequencyMax', 'period', 'periodMax', 'periodUnit', 'dayOfWeek'],
  ...['timeOfDay', 'when', 'offset'],
]

const wordsIn = (value: unknown, words: Readonly<Record<string, string>>): string | null => {
  if (value === undefined) return null
  const found = textsIn(value).map((code) => words[code])
  if (found.length === 0 || found.includes(undefined)) throw new Unreadable()
  return joined(
    found.map((one) => one ?? null),
    ', ',
  )
}

/** A duration as people say it: "10 days" and not "10 d". */
const durationText = (value: unknown): string | null => {
  if (!isObject(value)) return null
  const unit = textOf(value.code) ?? textOf(value.unit)
  const words = unit === null ? undefined : UNITS[unit]
  const amount = numberText(value.value)
  if (words === undefined || amount === null || value.comparator !== undefined) return quantityText(value)
  return `${amount} ${amount === '1' ? words[0] : words[1]}`
}

const repeatText = (value: unknown): string | null => {
  const repeat = only(value, REPEAT)
  const days = wordsIn(repeat.dayOfWeek, DAYS)
  const times = repeat.timeOfDay === undefined ? null : joined([...textsIn(repeat.timeOfDay)], ', ')
  const events = wordsIn(repeat.when, WHEN)
  const offset = must(repeat.offset, numberText)
  const count = repeat.count === undefined ? null : upTo(repeat.count, repeat.countMax)
  const lasting =
    repeat.duration === undefined
      ? null
      : `over ${upTo(repeat.duration, repeat.durationMax)} ${unitOf(repeat.durationUnit, isOne(repeat.duration) && repeat.durationMax === undefined)}`
  const until =
    must(repeat.boundsDuration, durationText) ?? must(repeat.boundsRange, (range) => rangeText(range))
  return joined(
    [
      frequencyText(repeat),
      days === null ? null : `on ${days}`,
      times === null ? null : `at ${times}`,
      events === null || offset === null || offset === '0' ? events : `${events} (by ${offset} minutes)`,
      lasting,
      count === null ? null : `${count} times in all`,
      until === null ? null : `for ${until}`,
      must(repeat.boundsPeriod, fhirPeriod),
    ],
    ', ',
  )
}

const timingText = (value: unknown): string | null => {
  const { event, repeat, code } = only(value, ['event', 'repeat', 'code'])
  const said = repeatText(repeat)
  const events =
    event === undefined
      ? null
      : joined(
          textsIn(event).map((one) => fhirDate(one)),
          ', ',
        )
  return joined([said, must(code, conceptText), events === null ? null : `on ${events}`], ', ')
}

/** A dose without a unit is a number of whatever is taken. */
const doseText = (value: unknown): string | null => {
  const text = quantityText(value)
  return text === null || quantityUnit(value) !== null ? text : `dose ${text}`
}

const RATES = ['rateRatio', 'rateRange', 'rateQuantity'] as const

const ratesText = (given: Json): string | null => {
  const rate =
    must(given.rateRatio, ratioText) ??
    must(given.rateRange, (range) => rangeText(range)) ??
    must(given.rateQuantity, (quantity) => quantityText(quantity))
  return rate === null ? null : `at ${rate}`
}

const givenText = (value: unknown): string | null => {
  const given = only(value, ['type', 'doseRange', 'doseQuantity', ...RATES])
  const type = must(given.type, conceptText)
  const said = joined(
    [
      must(given.doseQuantity, doseText),
      must(given.doseRange, (range) => rangeText(range)),
      ratesText(given),
    ],
    ' ',
  )
  return type === null ? said : joined([said, `(${type.toLowerCase()})`])
}

const DOSAGE = [
  ...['sequence', 'text', 'additionalInstruction', 'patientInstruction', 'timing', 'asNeededBoolean'],
  ...['asNeededCodeableConcept', 'site', 'route', 'method', 'doseAndRate', 'maxDosePerPeriod'],
  ...['maxDosePerAdministration', 'maxDosePerLifetime', 'dose', ...RATES],
]
const TELLS = [
  'timing',
  'doseAndRate',
  'asNeededBoolean',
  'asNeededCodeableConcept',
  'dose',
  'route',
  'sequence',
]

const asNeeded = ({ asNeededBoolean, asNeededCodeableConcept }: Json): string | null => {
  const reason = must(asNeededCodeableConcept, conceptText)
  if (reason !== null) return `as needed for ${reason}`
  return asNeededBoolean === true ? 'as needed' : null
}

const prefixed = (words: string, text: string | null): string | null =>
  text === null ? null : `${words} ${text}`

const lineOf = (dosage: Json): string | null => {
  const parts = [
    must(dosage.doseAndRate, (list) => joined(objectsIn(list).map(givenText), ' or ')),
    must(dosage.dose, (dose) => doseText(dose)),
    ratesText(dosage),
    timingText(dosage.timing),
    asNeeded(dosage),
    must(dosage.method, conceptText),
    must(dosage.route, conceptText),
    prefixed('site:', must(dosage.site, conceptText)),
    prefixed('at most', must(dosage.maxDosePerPeriod, ratioText)),
    prefixed(
      'at most each time',
      must(dosage.maxDosePerAdministration, (most) => quantityText(most)),
    ),
    prefixed(
      'at most ever',
      must(dosage.maxDosePerLifetime, (most) => quantityText(most)),
    ),
    must(dosage.additionalInstruction, conceptText),
    must(dosage.patientInstruction, textOf),
  ]
  return joined(parts, ', ')
}

/** One Dosage: its own words and what its parts say; null for what is none, or can't be said whole. */
export const dosageText = (value: unknown): string | null => {
  if (!isObject(value) || !TELLS.some((key) => key in value)) return null
  try {
    return joined([textOf(only(value, DOSAGE).text), lineOf(value)], ' · ')
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

/** A list of them, in their sequence; null where one can't be said whole. */
export const dosagesText = (value: unknown): string | null => {
  const all = objectsIn(value)
  const lines = all.map(
    (one) => dosageText(one) ?? (Object.keys(one).join() === 'text' ? textOf(one.text) : null),
  )
  if (lines.length === 0 || lines.includes(null)) return null
  if (lines.length === 1) return lines[0] ?? null
  return joined(
    all.map(({ sequence }, at) =>
      isNumeric(sequence) ? `${numberText(sequence)}) ${lines[at]}` : (lines[at] ?? null),
    ),
    '; ',
  )
}
