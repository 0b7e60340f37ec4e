import { currentOf, HIDDEN_PART, recordsOf } from './shape.ts'

/**
 * The first letter of a name part. Only letters of scripts that have cases are shown, and only of parts of
 * two letters or more: the first character of a one-letter or a Chinese name is the name.
 */
const initialOf = (part: unknown): string => {
  if (typeof part !== 'string') return HIDDEN_PART
  const letters = part.normalize('NFC').match(/\p{L}/gu) ?? []
  const [first] = letters
  if (first === undefined || letters.length < 2 || !/^[\p{Lu}\p{Ll}\p{Lt}]$/u.test(first)) return HIDDEN_PART
  const upper = first.toUpperCase()
  return [...upper].length === 1 ? upper : first
}

/**
 * FHIR R4 HumanName[]: the first given and the family name as "J. D."; null where neither gives an initial.
 */
export const initials = (value: unknown): string | null => {
  const name = currentOf(recordsOf(value), 'official')
  if (name === null) return null
  const given: unknown = Array.isArray(name.given) ? name.given[0] : undefined
  const parts = [initialOf(given), initialOf(name.family)]
  if (parts.every((part) => part === HIDDEN_PART)) return null
  return parts.map((part) => `${part}.`).join(' ')
}
