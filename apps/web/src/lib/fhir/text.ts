import { isNumeric } from '@chartward/policy'
import { fhirDate, fhirPeriod } from './dates.ts'
import { isObject, type Json, joined, objectsIn, textOf, textsIn } from './json.ts'
import { amountText, numberText } from './numbers.ts'
import { unitText } from './units.ts'

/** FHIR R4 datatypes in one line each. Every function takes any value and answers null for a wrong one. */

/** HumanName[]: the official one, else the first. */
export const nameText = (value: unknown): string | null => {
  const names = objectsIn(value)
  const name = names.find(({ use }) => use === 'official') ?? names[0]
  if (name === undefined) return null
  const parts = [
    ...textsIn(name.prefix),
    ...textsIn(name.given),
    textOf(name.family),
    ...textsIn(name.suffix),
  ]
  return joined(parts) ?? textOf(name.text)
}

export const addressText = (value: unknown): string | null => {
  const address = objectsIn(value)[0]
  if (address === undefined) return null
  const place = joined([textOf(address.state), textOf(address.postalCode)])
  return (
    joined(
      [joined([...textsIn(address.line)], ', '), textOf(address.city), place, textOf(address.country)],
      ', ',
    ) ?? textOf(address.text)
  )
}

/** CodeableConcept, Coding, or a list of either. */
export const conceptText = (value: unknown): string | null => {
  if (Array.isArray(value)) return joined(value.map(conceptText), ', ')
  if (!isObject(value)) return textOf(value)
  const codings = objectsIn(value.coding)
  const shown = codings.map((coding) => textOf(coding.display)).find((text) => text !== null)
  return textOf(value.text) ?? textOf(value.display) ?? shown ?? conceptCode(value)
}

/** The code behind the words, for the title: "LOINC 8302-2". */
export const conceptCode = (value: unknown): string | null => {
  const holder = objectsIn(value)[0]
  const coding = holder === undefined ? undefined : (objectsIn(holder.coding)[0] ?? holder)
  const code = textOf(coding?.code)
  return code === null ? null : joined([systemName(textOf(coding?.system)), code])
}

const SYSTEMS: readonly (readonly [string, string])[] = [
  ['snomed', 'SNOMED CT'],
  ['loinc', 'LOINC'],
  ['rxnorm', 'RxNorm'],
  ['cvx', 'CVX'],
  ['icd-10', 'ICD-10'],
]

const systemName = (system: string | null): string | null =>
  system === null ? null : (SYSTEMS.find(([part]) => system.includes(part))?.[1] ?? null)

const loincOf = (concept: unknown): string | null =>
  objectsIn(isObject(concept) ? concept.coding : null)
    .filter(({ system }) => system === 'http://loinc.org')
    .map(({ code }) => textOf(code))
    .find((code) => code !== null) ?? null

/** The unit of a Quantity in words; `about` is the code of what was measured. */
export const quantityUnit = (value: unknown, about?: unknown): string | null =>
  isObject(value) ? unitText(textOf(value.unit), textOf(value.code), loincOf(about)) : null

/**
 * Quantity: "182.31 cm", "<0.005 mIU/L", with each digit as it was sent. `about` is the code of what was
 * measured.
 */
export const quantityText = (value: unknown, about?: unknown): string | null => {
  const text = isObject(value) ? numberText(value.value) : null
  if (!isObject(value) || text === null) return null
  const unit = quantityUnit(value, about)
  const amount = `${textOf(value.comparator) ?? ''}${text}`
  return unit?.startsWith('%') ? `${amount}${unit}` : joined([amount, unit])
}

/** Range: "3.50 to 5.10 mmol/L", "at least 3.50 mmol/L". */
export const rangeText = (value: unknown, about?: unknown): string | null => {
  if (!isObject(value)) return null
  const [low, high] = [quantityText(value.low, about), quantityText(value.high, about)]
  if (low === null) return high === null ? null : `at most ${high}`
  if (high === null) return `at least ${low}`
  const isOneUnit = quantityUnit(value.low, about) === quantityUnit(value.high, about)
  return `${isOneUnit && isObject(value.low) ? numberText(value.low.value) : low} to ${high}`
}

/** Ratio: "1:128" of bare numbers, else "250 mg / 5 mL". */
export const ratioText = (value: unknown): string | null => {
  if (!isObject(value)) return null
  const parts = [value.numerator, value.denominator].map((part) => quantityText(part))
  const isBare = [value.numerator, value.denominator].every((part) => (quantityUnit(part) ?? '') === '')
  return joined(parts, isBare ? ':' : ' / ')
}

export const moneyText = (value: unknown): string | null =>
  isObject(value) ? amountText(value.value, textOf(value.currency) ?? textOf(value.code)) : null

export const referenceText = (value: unknown): string | null =>
  joined(
    objectsIn(value).map((one) => textOf(one.display) ?? shortReference(textOf(one.reference))),
    ', ',
  )

/** References to other records carry an id and no words: the type is what a person can use. */
const shortReference = (reference: string | null): string | null => {
  if (reference === null) return null
  const id = /([0-9a-f]{8})[0-9a-f-]*$/.exec(reference)?.[1]
  const type = /([A-Z][A-Za-z]+)\/[^/]+$/.exec(reference)?.[1]
  return id === undefined ? reference : `${type ?? 'Record'} ${id}…`
}

export const telecomText = (value: unknown): string | null =>
  joined(
    objectsIn(value).map((one) => {
      const use = textOf(one.use)
      return joined([textOf(one.value), use === null ? null : `(${use})`])
    }),
    ', ',
  )

export const identifierText = (value: unknown): string | null =>
  joined(
    objectsIn(value).map((one) => textOf(one.value)),
    ', ',
  )

/** Component[] of an Observation: "Diastolic 81 mmHg, Systolic 120 mmHg". */
export const componentText = (value: unknown): string | null =>
  joined(
    objectsIn(value).map((one) =>
      joined([conceptText(one.code), quantityText(one.valueQuantity, one.code)], ': '),
    ),
    '; ',
  )

/** Narrative: its words. The markup is never put into the page. */
export const narrativeText = (value: unknown): string | null => {
  const div = isObject(value) ? textOf(value.div) : null
  if (div === null) return null
  const bare = div
    .replaceAll(/<(br|\/p|\/li|\/tr|\/div)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|apos|nbsp|#39|amp);/g, (_, entity: string) => ENTITIES[entity] ?? ' ')
  return textOf(bare.replaceAll(/[ \t]+/g, ' ').replaceAll(/\n\s*\n+/g, '\n'))
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  amp: '&',
  nbsp: ' ',
}

/** Extensions such as US Core race: their text, or their value. */
export const extensionText = (extension: Json): string | null => {
  const parts = objectsIn(extension.extension)
  const words = parts.find(({ url }) => url === 'text') ?? parts[0] ?? extension
  return (
    textOf(words.valueString) ??
    textOf(words.valueCode) ??
    conceptText(words.valueCoding) ??
    addressText(words.valueAddress) ??
    conceptText(words.valueCodeableConcept)
  )
}

/** A structure that is really one of the datatypes above, in one line; null where its parts need a list. */
export const structureText = (value: unknown): string | null => {
  if (typeof value === 'string')
    return fhirDate(value) !== null && /^\d{4}-\d{2}/.test(value) ? fhirDate(value) : textOf(value)
  if (isNumeric(value)) return numberText(value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (!isObject(value)) return null
  if ('coding' in value || ('code' in value && 'display' in value)) return conceptText(value)
  if ('currency' in value || value.code === 'USD') return moneyText(value)
  if ('value' in value && ('unit' in value || 'code' in value)) return quantityText(value)
  if ('numerator' in value || 'denominator' in value) return ratioText(value)
  if (isObject(value.low) || isObject(value.high)) return rangeText(value)
  if ('reference' in value || ('display' in value && Object.keys(value).length <= 2))
    return referenceText(value)
  if ('start' in value || 'end' in value) return fhirPeriod(value)
  if ('family' in value || 'given' in value) return nameText([value])
  if ('postalCode' in value || 'city' in value) return addressText(value)
  if ('system' in value && 'value' in value && typeof value.value === 'string') return telecomText(value)
  if ('url' in value) return extensionText(value)
  const keys = Object.keys(value)
  return keys.length === 1 && keys[0] === 'text' ? textOf(value.text) : null
}
