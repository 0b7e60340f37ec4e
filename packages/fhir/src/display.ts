import { namesInOrder } from './current.ts'
import { isObject, isString, objectsOf, stringsOf } from './json.ts'

const usable = (value: unknown): string | null => (isString(value) && value.trim() !== '' ? value : null)

/**
 * The name to show of a HumanName[]: of those in force the official one, else the usual, else the first; null
 * where there is none.
 */
export const displayName = (names: unknown): string | null => {
  // Without a clock, a name that has an end counts as over: another is taken where there is one.
  const [name] = namesInOrder(names, Number.POSITIVE_INFINITY)
  if (name === undefined) return null
  const parts = [
    ...stringsOf(name.prefix),
    ...stringsOf(name.given),
    ...[name.family].filter(isString),
    ...stringsOf(name.suffix),
  ]
  return usable(parts.join(' ')) ?? usable(name.text)
}

/** The words of a CodeableConcept, a Coding or a list of either: its text, else a display, else a code. */
export const displayConcept = (concept: unknown): string | null => {
  if (Array.isArray(concept)) {
    const words = concept.map(displayConcept).filter(isString)
    return words.length === 0 ? null : words.join(', ')
  }
  if (!isObject(concept)) return null
  const codings = objectsOf(concept.coding)
  const own = usable(concept.text) ?? usable(concept.display) ?? usable(concept.code)
  const shown = codings.map((coding) => usable(coding.display)).find(isString)
  return own ?? shown ?? codings.map((coding) => usable(coding.code)).find(isString) ?? null
}

/**
 * The day (or month, or year: as exact as it is given) of a FHIR date, dateTime or Period; null for
 * anything else.
 */
export const displayDate = (value: unknown): string | null => {
  if (isString(value)) return /^\d{4}(?:-\d{2}(?:-\d{2})?)?/.exec(value)?.[0] ?? null
  if (!isObject(value)) return null
  const start = displayDate(value.start)
  const end = displayDate(value.end)
  if (start === null) return end === null ? null : `until ${end}`
  if (end === null) return `since ${start}`
  return start === end ? start : `${start} to ${end}`
}
