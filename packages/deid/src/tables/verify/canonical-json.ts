import { DeidError } from '../../shared/errors.ts'

const refuse = (what: string): never => {
  throw new DeidError('bad-release', `Not JSON that has a canonical form: ${what}.`)
}

/**
 * Canonical JSON (RFC 8785): names in order of their UTF-16 units, numbers and texts as ECMAScript writes
 * them. Throws `bad-release` for what has no such form: a lone surrogate, a number that is not finite, what
 * is not JSON.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number')
    return Number.isFinite(value) ? JSON.stringify(value) : refuse('a number is not finite')
  if (typeof value === 'string')
    return value.isWellFormed() ? JSON.stringify(value) : refuse('a text is not well-formed Unicode')
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') return refuse('a value is of no JSON type')
  const members = new Map(Object.entries(value))
  const names = [...members.keys()].sort()
  return `{${names.map((name) => `${canonicalJson(name)}:${canonicalJson(members.get(name))}`).join(',')}}`
}
