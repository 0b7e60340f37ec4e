import { isObject } from './json.ts'

/** Deeper than any real resource; the canonical form that a digest covers is written by recursion. */
const MAX_DEPTH = 64

/**
 * Whether a value, once stored, comes back as it was: no lone surrogates (UTF-8 can't hold them), no number
 * beyond a double (JSON.parse makes it Infinity, which JSON can't hold), not nested past what recursion is
 * safe for. RFC 8785 section 3.2 refuses the same.
 */
export const storable = (value: unknown, depth = 2): 'yes' | 'no' | 'too-deep' => {
  if (typeof value === 'string') return value.isWellFormed() ? 'yes' : 'no'
  if (typeof value === 'number') return Number.isFinite(value) ? 'yes' : 'no'
  if (!isObject(value) && !Array.isArray(value)) return 'yes'
  if (depth > MAX_DEPTH) return 'too-deep'
  if (Array.isArray(value)) {
    for (const item of value) {
      const answer = storable(item, depth + 1)
      if (answer !== 'yes') return answer
    }
    return 'yes'
  }
  for (const name in value) {
    if (!name.isWellFormed()) return 'no'
    const answer = storable(value[name], depth + 1)
    if (answer !== 'yes') return answer
  }
  return 'yes'
}
