import { hkdfSync, KeyObject } from 'node:crypto'
import { CryptoError } from './errors.ts'
import { requireNotWiped } from './secret-key.ts'

/** 255 blocks of the hash (RFC 5869, section 2.3). */
const MAX_LENGTH = 255 * 32
/** What node:crypto takes as `info` at most. */
const MAX_INFO = 1024

/**
 * HKDF-SHA-256, extract and expand (RFC 5869, section 2): `length` bytes (1 to 8160) in memory of their
 * own. The only place of Chartward that derives keys. An empty salt stands for 32 zero bytes (section 2.2);
 * input key bytes that are all zero are `key-wiped`.
 */
export const hkdfSha256 = (
  ikm: Uint8Array | KeyObject,
  salt: Uint8Array,
  info: string | Uint8Array,
  length: number,
): Buffer => {
  const context = typeof info === 'string' ? Buffer.from(info, 'utf8') : info
  if (!Number.isInteger(length) || length < 1 || length > MAX_LENGTH) {
    throw new CryptoError('invalid-argument', 'HKDF gives 1 to 8160 bytes')
  }
  if (context.length > MAX_INFO) throw new CryptoError('invalid-argument', 'HKDF info has at most 1024 bytes')
  if (!(ikm instanceof KeyObject)) requireNotWiped(ikm)
  return Buffer.from(hkdfSync('sha256', ikm, salt, context, length))
}
