import { randomBytes } from 'node:crypto'
import { utf8 } from './encode.ts'
import type { SealingKey } from './envelope.ts'
import { CryptoError } from './errors.ts'
import { hkdfSha256 } from './hkdf.ts'
import { kwpUnwrap, kwpWrap, unwrapFailed } from './kwp.ts'
import { KEY_BYTES, requireUsableKey, secretKey } from './secret-key.ts'
import { bytesToUuid, UUID_BYTES, uuidToBytes } from './uuid.ts'

/**
 * A 32-byte key with the id (UUID) that ciphertexts, MACs and tokens name it by: a DEK, a KEK version, an
 * index or integrity key.
 */
export interface DataKey {
  readonly id: string
  readonly key: Buffer
}

/** What a wrapped key of an owner takes: KWP of owner, id and key (16 + 16 + 32 bytes) adds one block. */
export const WRAPPED_KEY_BYTES = 2 * UUID_BYTES + KEY_BYTES + 8

/** The owner of keys that belong to no patient. */
const NOBODY = Buffer.alloc(UUID_BYTES)

const NO_SALT = Buffer.alloc(0)

/** A fresh random key under `id` (a UUID). `random` gives the number of bytes that it is asked for. */
export const newDataKey = (id: string, random: (bytes: number) => Buffer = randomBytes): DataKey => {
  const key = random(KEY_BYTES)
  requireUsableKey(key)
  return { id: bytesToUuid(uuidToBytes(id)), key }
}

/**
 * AES-256-KWP (RFC 5649) of `owner(16) | id(16) | key(32)` under a KEK: 72 bytes. `owner` is the patient's
 * id, or null for a key of no patient. Both ids are wrapped along, because KWP takes no associated data: two
 * patients' keys that change places, by moving the wrapped bytes or by moving the whole rows, must not
 * unwrap, or new records of one patient would be sealed under the other's key and outlive a crypto-shred.
 */
export const wrapKey = (kek: DataKey, dek: DataKey, owner: string | null): Buffer => {
  requireUsableKey(dek.key)
  const plain = Buffer.alloc(2 * UUID_BYTES + KEY_BYTES)
  plain.set(ownerBytes(owner), 0)
  plain.set(uuidToBytes(dek.id), UUID_BYTES)
  plain.set(dek.key, 2 * UUID_BYTES)
  try {
    return kwpWrap(kek.key, plain)
  } finally {
    plain.fill(0)
  }
}

/**
 * Undo `wrapKey`. `unwrap-failed` for a wrong KEK, another key's id, another owner's key, or any
 * change to the bytes.
 */
export const unwrapKey = (kek: DataKey, id: string, wrapped: Uint8Array, owner: string | null): DataKey => {
  const idBytes = uuidToBytes(id)
  const expected = Buffer.concat([ownerBytes(owner), idBytes])
  const plain = kwpUnwrap(kek.key, wrapped)
  try {
    if (plain.length !== expected.length + KEY_BYTES) throw unwrapFailed()
    if (!plain.subarray(0, expected.length).equals(expected)) throw unwrapFailed()
    // Memory of its own, so that wiping the key later wipes all there is of it.
    const key = Buffer.alloc(KEY_BYTES)
    key.set(plain.subarray(expected.length))
    return { id: bytesToUuid(idBytes), key }
  } finally {
    plain.fill(0)
  }
}

const ownerBytes = (owner: string | null): Buffer => {
  if (owner === null) return NOBODY
  const bytes = uuidToBytes(owner)
  if (bytes.equals(NOBODY)) throw new CryptoError('invalid-argument', 'the nil UUID owns no key')
  return bytes
}

/** The key of one field class, derived from a patient's DEK. It seals under the DEK's id. */
export const classKey = (dek: DataKey, fieldClass: string): SealingKey =>
  derive(dek, 'field-class', fieldClass)

/** A key for any other single use of `dek`, told apart by `label`; never equal to a class's key. */
export const subKey = (dek: DataKey, label: string): SealingKey => derive(dek, 'sub-key', label)

const derive = (dek: DataKey, kind: 'field-class' | 'sub-key', label: string): SealingKey => {
  if (label === '') throw new CryptoError('invalid-argument', 'a derived key needs a label')
  const info = utf8(`chartward/v1/${kind}/${label}`)
  return { id: dek.id, key: hkdfSha256(secretKey(dek.key), NO_SALT, info, KEY_BYTES) }
}
