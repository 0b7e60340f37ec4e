import { CryptoError } from './errors.ts'

/**
 * Concatenate parts, each behind its length as a 32-bit big-endian number of bytes, so that no two
 * different lists of parts have the same bytes. Strings are encoded as UTF-8 and must be well formed:
 * two different lone surrogates would encode alike.
 */
export const lengthPrefixed = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  let size = 0
  for (const part of parts)
    size += 4 + (typeof part === 'string' ? Buffer.byteLength(wellFormed(part)) : part.length)
  // Every byte is written below.
  const out = Buffer.allocUnsafe(size)
  let at = 0
  for (const part of parts) {
    const length = typeof part === 'string' ? out.write(part, at + 4) : part.length
    if (typeof part !== 'string') out.set(part, at + 4)
    out.writeUInt32BE(length, at)
    at += 4 + length
  }
  return out
}

const wellFormed = (text: string): string => {
  if (!text.isWellFormed()) throw new CryptoError('invalid-argument', 'a text is not well-formed Unicode')
  return text
}

/** UTF-8 of a well-formed string; `invalid-argument` for one with a lone surrogate. */
export const utf8 = (text: string): Buffer => Buffer.from(wellFormed(text), 'utf8')

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
  const bytes = Buffer.allocUnsafe(8)
  writeUint64(bytes, 0, value)
  return bytes
}
