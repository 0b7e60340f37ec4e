import { DeidError } from './errors.ts'

const bad = (what: string) => new DeidError('bad-manifest', `The manifest cannot be built: ${what}.`)

/**
 * The bytes to hash and sign: canonical JSON (RFC 8785), as text without a line end. Throws `bad-manifest`
 * for what is not JSON.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'string' && !value.isWellFormed()) throw bad('a text is not well-formed Unicode')
  if (typeof value === 'number' && !Number.isFinite(value)) throw bad('a number is not finite')
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value)
    if (text === undefined) throw bad('a value is not JSON')
    return text
  }
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`).join(',')}}`
}
