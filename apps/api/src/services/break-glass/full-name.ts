import { nameParts, normaliseName } from '@chartward/crypto'
import { namesInOrder } from '@chartward/fhir'

type Name = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/**
 * The ways in which a name is written in full: family name first or last, with the first given name or all.
 */
const writings = ({ family, given, text }: Name): string[] => {
  const last = textOf(family)
  const all = textsOf(given)
  const givens = [all.slice(0, 1).join(' '), all.join(' ')]
  return [textOf(text), ...givens.flatMap((first) => [`${first} ${last}`, `${last} ${first}`])]
}

/**
 * Whether what was typed is all of one of the names: nothing is missing, nothing is only begun. Spelling
 * counts as little as in any search: case, accents, hyphens, and blanks.
 */
export const isFullName = (typed: string, names: unknown): boolean => {
  const wanted = normaliseName(typed)
  if (wanted === '' || !Array.isArray(names)) return false
  return names.some(
    (name: unknown) =>
      typeof name === 'object' &&
      name !== null &&
      hasBoth(name as Name) &&
      writings(name as Name).some((writing) => normaliseName(writing) === wanted),
  )
}

/** A family name or a given name alone is no full name; one text may be. */
const hasBoth = ({ family, given, text }: Name): boolean =>
  (textOf(family) !== '' && textsOf(given).length > 0) || nameParts(textOf(text)).length > 1

/** The name that somebody is called by, as one text. */
export const nameShown = (names: unknown, now: Date): string => {
  const [name] = namesInOrder(names, now.getTime())
  if (name === undefined) return ''
  const parts = [...textsOf(name.given), textOf(name.family)].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' ') : textOf(name.text)
}
