import { AuditError } from './errors.ts'

/*
 * RFC 4648 section 4, here because neither runtime has what a verifier needs: `atob` tolerates white space and
 * loose padding bits (one hash, many spellings), and `Buffer` is not in browsers.
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
export function toBase64(bytes: Uint8Array): string {
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

/** Bytes of strict, padded base64. Throws `malformed-encoding` on white space, missing padding or stray bits. */
export function fromBase64(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0) throw malformed()
  const digits = text.length - padding
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let bits = 0
  let out = 0
  let seen = 0
  for (let i = 0; i < digits; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? INVALID
    seen |= value
    bits = ((bits << 6) | value) & 0xffffff
    const phase = i & 3
    if (phase !== 0) bytes[out++] = bits >> (6 - 2 * phase)
  }
  // Bit 6 is set by INVALID alone, so one test after the loop covers every digit.
  const stray = padding === 2 ? bits & 15 : padding === 1 ? bits & 3 : 0
  if ((seen & INVALID) !== 0 || stray !== 0) throw malformed()
  return bytes
}

function malformed(): AuditError {
  return new AuditError('malformed-encoding', 'not strict base64')
}
