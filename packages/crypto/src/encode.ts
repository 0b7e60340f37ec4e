import { CryptoError } from './errors.ts'

/**
 * Concatenate parts, each behind its length as a 32-bit big-endian number of bytes, so that no two
 * different lists of parts have the same bytes. Strings are encoded as UTF-8 and must be well formed:
 * two different lone surrogates would encode alike.
 */
export const lengthPrefixed = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const encoded = parts.map((part) => (typeof part === 'string' ? utf8(part) : part))
  const out = Buffer.alloc(encoded.reduce((sum, part) => sum + 4 + part.length, 0))
  let at = 0
  for (const part of encoded) {
    at = out.writeUInt32BE(part.length, at)
    out.set(part, at)
    at += part.length
  }
  return out
}

/** UTF-8 of a well-formed string; `invalid-argument` for one with a lone surrogate. */
export const utf8 = (text: string): Buffer => {
  if (!text.isWellFormed()) throw new CryptoError('invalid-argument', 'a text is not well-formed Unicode')
  return Buffer.from(text, 'utf8')
}

/** Write a whole number 0..2^53-1 as 64 bits, big-endian, without a BigInt (it runs once per field). */
export const writeUint64 = (target: Buffer, offset: number, value: number): void => {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new CryptoError('invalid-argument', 'a version is a whole number, 0 or more')
  }
  target.writeUInt32BE(Math.floor(value / 0x1_0000_0000), offset)
  target.writeUInt32BE(value >>> 0, offset + 4)
}

/** A whole number 0..2^53-1 as 8 bytes, big-endian. */
export const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  writeUint64(bytes, 0, value)
  return bytes
}
