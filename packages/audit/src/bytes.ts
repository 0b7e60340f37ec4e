import { AuditError } from './errors.ts'

const encoder = new TextEncoder()

/**
 * The text itself. A lone surrogate is refused: encoding would turn it into U+FFFD, and two texts into one.
 */
export const wellFormed = (text: string): string => {
  if (!text.isWellFormed()) throw new AuditError('malformed-text', 'text holds a lone surrogate')
  return text
}

/** UTF-8 bytes of `text`; `malformed-text` for a lone surrogate. */
export const utf8 = (text: string): Uint8Array => encoder.encode(wellFormed(text))

/** Takes a list: spreading one argument per part would overflow the stack on a long list. */
export const concatBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/**
 * Equality of public values (hashes, keys). Not constant time: nothing compared in this package is secret.
 */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** `value` as `width` big-endian bytes; `value` is a non-negative safe integer. */
export const bigEndian = (value: number, width: 4 | 8): Uint8Array => {
  const bytes = new Uint8Array(width)
  const view = new DataView(bytes.buffer)
  if (width === 8) view.setBigUint64(0, BigInt(value))
  else view.setUint32(0, value)
  return bytes
}

export const toHex = (bytes: Uint8Array): string => {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/** Bytes of lower-case hex. Throws `malformed-encoding` on anything else, so that a hash has one spelling. */
export const fromHex = (hex: string): Uint8Array => {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) {
    throw new AuditError('malformed-encoding', 'not lower-case hex')
  }
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  )
}
