import { utf8 } from './bytes.ts'
import { AuditError } from './errors.ts'
import { isPlainObject, type JsonValue, MAX_DEPTH } from './json.ts'

/**
 * Canonical UTF-8 bytes of a JSON value: RFC 8785 (JCS). One value has one spelling, so that its hash
 * is a commitment.
 *
 * Throws AuditError `invalid-json` on what JSON or I-JSON (RFC 7493) can't carry: NaN, infinities, undefined,
 * functions, bigints, lone surrogates, holes in arrays, objects of a class, and nesting beyond 64 levels.
 */
export const canonicalise = (value: JsonValue): Uint8Array => utf8(canonicalText(value))

/** The same as text. It is well formed, so two such texts are equal where their bytes are. */
export const canonicalText = (value: JsonValue): string => serialise(value, 0)

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
