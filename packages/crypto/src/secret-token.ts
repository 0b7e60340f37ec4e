import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { CryptoError } from './errors.ts'

/** 128 bits: under it a token could be guessed, and its plain hash reversed. */
const FEWEST_BYTES = 16

/**
 * A random token (session, invitation, one-time link) as base64url; 256 bits unless told, never under 128.
 */
export const newToken = (bytes = 32): string => {
  if (!Number.isInteger(bytes) || bytes < FEWEST_BYTES) {
    throw new CryptoError('invalid-argument', 'a token has at least 16 random bytes')
  }
  return randomBytes(bytes).toString('base64url')
}

/**
 * What is stored of a token: its SHA-256. No salt or stretching, since tokens are random and long. Not
 * for passwords.
 */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest()

/** Whether two values are equal, in a time that tells at most their lengths. Strings compare as UTF-8. */
export const constantTimeEqual = (a: string | Uint8Array, b: string | Uint8Array): boolean => {
  const left = typeof a === 'string' ? Buffer.from(a, 'utf8') : a
  const right = typeof b === 'string' ? Buffer.from(b, 'utf8') : b
  return left.length === right.length && timingSafeEqual(left, right)
}
