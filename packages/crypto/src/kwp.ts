import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { CryptoError } from './errors.ts'
import { secretKey } from './secret-key.ts'

/** The alternative initial value's constant half (RFC 5649, section 3); OpenSSL adds the length. */
const INITIAL_VALUE = Buffer.from('a65959a6', 'hex')
const BLOCK_BYTES = 8
const SHORTEST = 2 * BLOCK_BYTES

/** AES-256-KWP of 1 byte or more under a 32-byte key. Deterministic: for keys, never for records. */
export const kwpWrap = (kek: Uint8Array, plain: Uint8Array): Buffer => wrapUnder(secretKey(kek), plain)

/** Undo `kwpWrap`. `unwrap-failed` for a wrong key or any change to the bytes. */
export const kwpUnwrap = (kek: Uint8Array, wrapped: Uint8Array): Buffer =>
  unwrapUnder(secretKey(kek), wrapped)

/** RFC 5649, section 4.1, for any AES key size; only `kwpWrap` leaves the package. */
export const wrapUnder = (kek: KeyObject, plain: Uint8Array): Buffer => {
  if (plain.length === 0) throw new CryptoError('invalid-argument', 'there is nothing to wrap')
  const cipher = createCipheriv(algorithm(kek), kek, INITIAL_VALUE)
  const wrapped = cipher.update(plain)
  cipher.final()
  return wrapped
}

/** RFC 5649, section 4.2, for any AES key size; only `kwpUnwrap` leaves the package. */
export const unwrapUnder = (kek: KeyObject, wrapped: Uint8Array): Buffer => {
  if (wrapped.length < SHORTEST || wrapped.length % BLOCK_BYTES !== 0) throw unwrapFailed()
  const decipher = createDecipheriv(algorithm(kek), kek, INITIAL_VALUE)
  try {
    const plain = decipher.update(wrapped)
    decipher.final()
    return plain
  } catch {
    throw unwrapFailed()
  }
}

/** A handle for a key of 16, 24 or 32 bytes. */
export const wrappingKey = (bytes: Uint8Array): KeyObject => {
  if (bytes.length !== 16 && bytes.length !== 24 && bytes.length !== 32) {
    throw new CryptoError('invalid-key', 'an AES key has 16, 24 or 32 bytes')
  }
  return createSecretKey(bytes)
}

export const unwrapFailed = (): CryptoError =>
  new CryptoError('unwrap-failed', 'the wrapped key does not unwrap under this key')

const algorithm = (kek: KeyObject): string => `id-aes${(kek.symmetricKeySize ?? 0) * 8}-wrap-pad`
