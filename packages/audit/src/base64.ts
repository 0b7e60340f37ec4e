import { AuditError } from './errors.ts'

/*
 * RFC 4648 section 4, here because neither runtime has what a verifier needs: `atob` tolerates white space
 * and loose padding bits (one hash, many spellings), and `Buffer` is not in browsers.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PAIRS = Array.from(
  { length: 4096 },
  (_, i) => ALPHABET.charAt(Math.floor(i / 64)) + ALPHABET.charAt(i % 64),
)
const INVALID = 64
const VALUES = new Uint8Array(128).fill(INVALID)
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i

/** Standard base64 with padding. */
export const toBase64 = (bytes: Uint8Array): string => {
  const whole = bytes.length - (bytes.length % 3)
  let text = ''
  for (let i = 0; i < whole; i += 3) {
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += `${PAIRS[triple >> 12]}${PAIRS[triple & 4095]}`
  }
  const rest = bytes.length - whole
  if (rest === 0) return text
  const last = ((bytes[whole] ?? 0) << 16) | ((bytes[whole + 1] ?? 0) << 8)
  return `${text}${PAIRS[last >> 12]}${rest === 2 ? ALPHABET.charAt((last >> 6) & 63) : '='}=`
}

/**
 * Bytes of strict, padded base64. Throws `malformed-encoding` on white space, missing padding or stray bits.
 */
export const fromBase64 = (text: string): Uint8Array => {
  if (text.length % 4 !== 0) throw malformed()
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const whole = padding === 0 ? text.length : text.length - 4
  let seen = 0
  let out = 0
  for (let i = 0; i < whole; i += 4) {
    const a = digit(text, i)
    const b = digit(text, i + 1)
    const c = digit(text, i + 2)
    const d = digit(text, i + 3)
    seen |= a | b | c | d
    bytes[out] = (a << 2) | (b >> 4)
    bytes[out + 1] = (b << 4) | (c >> 2)
    bytes[out + 2] = (c << 6) | d
    out += 3
  }
  if (padding !== 0) {
    const a = digit(text, whole)
    const b = digit(text, whole + 1)
    const c = padding === 1 ? digit(text, whole + 2) : 0
    const stray = padding === 1 ? c & 3 : b & 15
    seen |= a | b | c | (stray === 0 ? 0 : INVALID)
    bytes[out] = (a << 2) | (b >> 4)
    if (padding === 1) bytes[out + 1] = (b << 4) | (c >> 2)
  }
  // INVALID alone has bit 6, so one test covers every digit.
  if ((seen & INVALID) !== 0) throw malformed()
  return bytes
}

const digit = (text: string, at: number): number => VALUES[text.charCodeAt(at)] ?? INVALID

const malformed = (): AuditError => new AuditError('malformed-encoding', 'not strict base64')
