import { addressesInOrder, contactsInOrder, isFormer, namesInOrder } from '@chartward/fhir/show'
import { isNumeric } from '@chartward/policy'
import { fhirDate, fhirPeriod } from './dates.ts'
import { isObject, type Json, joined, objectsIn, textOf, textsIn } from './json.ts'
import { typeLabel } from './labels.ts'
import { amountText, numberText } from './numbers.ts'
import { extensionCode, plainWords } from './plain.ts'
import { unitText } from './units.ts'

/** FHIR R4 datatypes in one line each. Every function takes any value and answers null for a wrong one. */

const wholeName = (name: Json): string | null =>
  joined([...textsIn(name.prefix), ...textsIn(name.given), textOf(name.family), ...textsIn(name.suffix)]) ??
  textOf(name.text)

/** HumanName[]: the one in force, official before usual before others; one that was is named as former. */
export const nameText = (value: unknown, now = Date.now()): string | null => {
  const name = namesInOrder(value, now).find((one) => wholeName(one) !== null)
  const text = name === undefined ? null : wholeName(name)
  return text === null || name === undefined || !isFormer(name, now) ? text : `${text} (former)`
}

const wholeAddress = (address: Json): string | null => {
  const place = joined([textOf(address.state), textOf(address.postalCode)])
  return (
    joined(
      [joined([...textsIn(address.line)], ', '), textOf(address.city), place, textOf(address.country)],
      ', ',
    ) ?? textOf(address.text)
  )
}

/** Address[]: the one in force; one that was is named as former. */
export const addressText = (value: unknown, now = Date.now()): string | null => {
  const address = addressesInOrder(value, now).find((one) => wholeAddress(one) !== null)
  const text = address === undefined ? null : wholeAddress(address)
  return text === null || address === undefined || !isFormer(address, now) ? text : `${text} (former)`
}

/** "home", "former", "former, until Jan 1, 2015": what a name, address or contact is beside its words. */
const useText = (one: Json, now: number): string | null => {
  if (!isFormer(one, now)) return textOf(one.use)
  const end = isObject(one.period) ? fhirDate(one.period.end) : null
  return joined(
    ['former', textOf(one.use) === 'maiden' ? 'maiden' : null, end === null ? null : `until ${end}`],
    ', ',
  )
}

const withUse = (text: string | null, one: Json, now: number): string | null => {
  const use = useText(one, now)
  return text === null || use === null ? text : `${text} (${use})`
}

/** Every name, those in force first: "Ann Nowname (usual)", "Ann Formerly (former, until Jan 1, 2015)". */
export const namesTexts = (value: unknown, now = Date.now()): string[] =>
  namesInOrder(value, now).flatMap((one) => withUse(wholeName(one), one, now) ?? [])

export const addressesTexts = (value: unknown, now = Date.now()): string[] =>
  addressesInOrder(value, now).flatMap((one) => withUse(wholeAddress(one), one, now) ?? [])

/** CodeableConcept, Coding, or a list of either, without what is for terminologists. */
export const conceptText = (value: unknown): string | null => {
  if (Array.isArray(value)) return joined(value.map(conceptText), ', ')
  if (!isObject(value)) return textOf(value)
  const codings = objectsIn(value.coding)
  const shown = codings.map((coding) => textOf(coding.display)).find((text) => text !== null)
  const words = textOf(value.text) ?? textOf(value.display) ?? shown ?? null
  return words === null ? conceptCode(value) : plainWords(words)
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
  return id === undefined ? reference : `${type === undefined ? 'Record' : typeLabel(type)} ${id}…`
}

/** Phone numbers and mail addresses, those in force first, former ones named. */
export const telecomText = (value: unknown, now = Date.now()): string | null =>
  joined(
    contactsInOrder(value, now).map((one) => withUse(textOf(one.value), one, now)),
    ', ',
  )

export const identifierText = (value: unknown): string | null =>
  joined(
    objectsIn(value).map((one) => textOf(one.value)),
    ', ',
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
    extensionCode(textOf(extension.url), textOf(words.valueCode)) ??
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
