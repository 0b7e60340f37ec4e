import { isInRange, isNumeric } from '@chartward/policy'
import { isObject } from './json.ts'

/** Deeper than any real resource; the canonical form that a digest covers is written by recursion. */
const MAX_DEPTH = 64

/**
 * Whether a value, once stored, comes back as it was for whoever reads it: no lone surrogates (UTF-8 can't
 * hold them), no number beyond a double (1e999 and 1e-999 measure nothing, and become Infinity and 0 wherever
 * they are read as doubles), not nested past what recursion is safe for. RFC 8785 section 3.2 refuses the
 * same.
 */
export const storable = (value: unknown, depth = 2): 'yes' | 'no' | 'too-deep' => {
  if (typeof value === 'string') return value.isWellFormed() ? 'yes' : 'no'
  if (isNumeric(value)) return isInRange(value) ? 'yes' : 'no'
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
