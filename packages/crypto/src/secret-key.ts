import { createSecretKey, type KeyObject } from 'node:crypto'
import { CryptoError } from './errors.ts'

/** Every symmetric key of Chartward has 256 bits. */
export const KEY_BYTES = 32

/**
 * OpenSSL's handle of each key in use. Handing node:crypto a handle in place of raw bytes makes a cipher
 * or a MAC about five times cheaper. Keyed weakly by the Buffer itself: the handle (OpenSSL's own copy,
 * cleared when freed) becomes collectable with it, and `wipeKey` drops it at once.
 */
const handles = new WeakMap<Uint8Array, KeyObject>()

/** Throws `invalid-key` unless the key has 32 bytes, and `key-wiped` where all of them are zero. */
export const requireUsableKey = (key: Uint8Array): void => {
  if (key.length !== KEY_BYTES) throw new CryptoError('invalid-key', 'a key has 32 bytes')
  requireNotWiped(key)
}

/** The same of key bytes of another length. Throws `key-wiped` where all of them are zero, and for none. */
export const requireNotWiped = (key: Uint8Array): void => {
  let bits = 0
  for (let i = 0; i < key.length; i++) bits |= key[i] ?? 0
  // A key that outlived its lease must fail loudly: sealing under zeros would publish the plaintext.
  if (bits === 0) throw new CryptoError('key-wiped', 'the key has been wiped from memory')
}

/**
 * The handle for a 32-byte key. The bytes are checked on every use but read only on the first: a key's
 * buffer is never changed other than by wiping it.
 */
export const secretKey = (key: Uint8Array): KeyObject => {
  requireUsableKey(key)
  let handle = handles.get(key)
  if (handle === undefined) {
    handle = createSecretKey(key)
    handles.set(key, handle)
  }
  return handle
}

/** Overwrite a key with zeros and forget its handle. Every later use of the buffer fails with `key-wiped`. */
export const wipeKey = (key: Uint8Array): void => {
  handles.delete(key)
  key.fill(0)
}
