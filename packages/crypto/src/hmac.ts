import { createHmac, createSecretKey, KeyObject } from 'node:crypto'

import { KEY_BYTES, requireNotWiped, secretKey } from './secret-key.ts'

export const HMAC_BYTES = 32

/**
 * HMAC-SHA-256 (RFC 2104, FIPS 198-1): 32 bytes over the parts one after another; strings as UTF-8.
 * Nothing separates the parts: a caller with more than one of variable length encodes them first.
 * `key-wiped` for key bytes that are all zero.
 */
export const hmacSha256 = (
  key: Uint8Array | KeyObject,
  ...parts: readonly (string | Uint8Array)[]
): Buffer => {
  const hmac = createHmac('sha256', handleOf(key))
  for (const part of parts) {
    if (typeof part === 'string') hmac.update(part, 'utf8')
    else hmac.update(part)
  }
  return hmac.digest()
}

/**
 * A key of our own length keeps its handle, as for a cipher. Another gets one on the spot, which is still
 * several times cheaper than raw key bytes.
 */
const handleOf = (key: Uint8Array | KeyObject): KeyObject => {
  if (key instanceof KeyObject) return key
  if (key.length === KEY_BYTES) return secretKey(key)
  requireNotWiped(key)
  return createSecretKey(key)
}
