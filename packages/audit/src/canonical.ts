import { utf8 } from './bytes.ts'
import { AuditError } from './errors.ts'
import { isJsonScalar, isPlainObject, type JsonValue, MAX_DEPTH } from './json.ts'

/**
 * Canonical UTF-8 bytes of a JSON value: RFC 8785 (JCS). One value has one spelling, so that its hash
 * is a commitment.
 *
 * Throws AuditError `invalid-json` on what JSON or I-JSON (RFC 7493) can't carry: NaN, infinities, undefined,
 * functions, bigints, lone surrogates, holes in arrays, objects of a class, and nesting beyond 64 levels.
 */
export const canonicalise = (value: JsonValue): Uint8Array => utf8(canonicalText(value))

/** The same as text. It is well formed, so two such texts are equal where their bytes are. */
export const canonicalText = (value: JsonValue): string =>
  isInOrder(value, 0) ? JSON.stringify(value) : serialise(value, 0)

/**
 * Whether JSON.stringify writes the value as RFC 8785 wants it: all of it is JSON, and the keys stand in
 * their order already. It writes numbers and escapes as ECMAScript does, which is what sections 3.2.2.2 and
 * 3.2.2.3 ask for, and in one piece.
 */
const isInOrder = (value: unknown, depth: number): boolean => {
  if (depth > MAX_DEPTH) return false
  if (typeof value !== 'object' || value === null) return isJsonScalar(value)
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isInOrder(value[i], depth + 1)) return false
    return true
  }
  if (!isPlainObject(value)) return false
  let before = ''
  let isFirst = true
  for (const key of Object.keys(value)) {
    if (!isFirst && key <= before) return false
    if (!key.isWellFormed() || !isInOrder(value[key], depth + 1)) return false
    before = key
    isFirst = false
  }
  return true
}

const serialise = (value: unknown, depth: number): string => {
  if (depth > MAX_DEPTH) throw refused('nesting is too deep')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refused('a number is not finite')
    // RFC 8785 3.2.2.3 is ECMAScript's own Number-to-string, minus zero included.
    return String(value)
  }
  if (Array.isArray(value)) {
    let text = '['
    // By index, because `map` would step over holes.
    for (let i = 0; i < value.length; i++) text += (i === 0 ? '' : ',') + serialise(value[i], depth + 1)
    return `${text}]`
  }
  if (isPlainObject(value)) {
    let text = '{'
    // RFC 8785 3.2.3 sorts by UTF-16 code units, which is what `sort` does without a comparator.
    for (const key of Object.keys(value).sort()) {
      text += `${text.length === 1 ? '' : ','}${quote(key)}:${serialise(value[key], depth + 1)}`
    }
    return `${text}}`
  }
  throw refused(`a value of type ${typeof value} is not JSON`)
}

/**
 * Printable ASCII without quotation mark and backslash stands for itself; nearly every key and value is that.
 */
const PLAIN = /^[ !#-[\]-~]*$/

const quote = (text: string): string => {
  if (PLAIN.test(text)) return `"${text}"`
  // JSON.stringify would escape a lone surrogate, which RFC 8785 3.2.2.2 wants refused; else both agree.
  if (!text.isWellFormed()) throw refused('a string holds a lone surrogate')
  return JSON.stringify(text)
}

const refused = (why: string): AuditError => new AuditError('invalid-json', `cannot be canonicalised: ${why}`)
