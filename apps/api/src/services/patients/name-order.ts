import { namesInOrder } from '@chartward/fhir'

/** Without regard to case and accents first, then with it; the same on every machine. */
const collator = new Intl.Collator('en', { usage: 'sort' })

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** What a person is sorted by: the family name, then the given ones; null where there is no name. */
export const nameKeyOf = (names: unknown): string | null => {
  // Without a clock, a name that has an end counts as over: another is taken where there is one.
  const [name] = namesInOrder(names, Number.POSITIVE_INFINITY)
  if (name === undefined) return null
  const parts = [name.family, ...textsOf(name.given)].filter(
    (part) => typeof part === 'string' && part !== '',
  )
  const key = parts.length > 0 ? parts.join(' ') : name.text
  return typeof key === 'string' && key.trim() !== '' ? key.trim() : null
}

/** By name; those without one last. */
export const compareNames = (a: string | null, b: string | null): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return collator.compare(a, b)
}
