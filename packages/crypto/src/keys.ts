import { hash, randomBytes } from 'node:crypto'
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

/** What a wrapped key of a patient takes: KWP of owner, id and key (16 + 16 + 32 bytes) adds one block. */
export const WRAPPED_KEY_BYTES = 2 * UUID_BYTES + KEY_BYTES + 8

/** The owner of keys that belong to no patient: their purpose is wrapped along behind it. */
const NOBODY = Buffer.alloc(UUID_BYTES)
const PURPOSE_LABEL = 'chartward/v1/system-key/'

const NO_SALT = Buffer.alloc(0)

/** A fresh random key under `id` (a UUID). `random` gives the number of bytes that it is asked for. */
export const newDataKey = (id: string, random: (bytes: number) => Buffer = randomBytes): DataKey => {
  const key = random(KEY_BYTES)
  requireUsableKey(key)
  return { id: bytesToUuid(uuidToBytes(id)), key }
}

/**
 * AES-256-KWP (RFC 5649) of `owner(16) | id(16) | key(32)` under a KEK: 72 bytes. `owner` is the patient's
 * id. Both ids are wrapped along, because KWP takes no associated data: two patients' keys that change
 * places, by moving the wrapped bytes or by moving the whole rows, must not unwrap, or new records of one
 * patient would be sealed under the other's key and outlive a crypto-shred.
 */
export const wrapKey = (kek: DataKey, dek: DataKey, owner: string): Buffer =>
  wrapPlaced(kek, dek, ownerBytes(owner))

/**
 * Undo `wrapKey`. `unwrap-failed` for a wrong KEK, another key's id, another owner's key, or any
 * change to the bytes.
 */
export const unwrapKey = (kek: DataKey, id: string, wrapped: Uint8Array, owner: string): DataKey =>
  unwrapPlaced(kek, id, wrapped, ownerBytes(owner))

/**
 * The same of a key that belongs to no patient: `0(16) | SHA-256(purpose)(32) | id(16) | key(32)`, 104 bytes,
 * so a length that no patient's key has. A key whose row says that it is for something else does not unwrap:
 * what makes tokens must not come to seal.
 */
export const wrapSystemKey = (kek: DataKey, key: DataKey, purpose: string): Buffer =>
  wrapPlaced(kek, key, purposeBytes(purpose))

/** Undo `wrapSystemKey`; `unwrap-failed` also for a key of another purpose. */
export const unwrapSystemKey = (kek: DataKey, id: string, wrapped: Uint8Array, purpose: string): DataKey =>
  unwrapPlaced(kek, id, wrapped, purposeBytes(purpose))

const wrapPlaced = (kek: DataKey, { id, key }: DataKey, place: Uint8Array): Buffer => {
  requireUsableKey(key)
  const plain = Buffer.concat([place, uuidToBytes(id), key])
  try {
    return kwpWrap(kek.key, plain)
  } finally {
    plain.fill(0)
  }
}

const unwrapPlaced = (kek: DataKey, id: string, wrapped: Uint8Array, place: Uint8Array): DataKey => {
  const idBytes = uuidToBytes(id)
  const expected = Buffer.concat([place, idBytes])
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

const ownerBytes = (owner: string): Buffer => {
  const bytes = uuidToBytes(owner)
  if (bytes.equals(NOBODY)) throw new CryptoError('invalid-argument', 'the nil UUID owns no key')
  return bytes
}

const purposeBytes = (purpose: string): Buffer => {
  if (purpose === '') throw new CryptoError('invalid-argument', 'a system key has a purpose')
  return Buffer.concat([NOBODY, hash('sha256', `${PURPOSE_LABEL}${purpose}`, 'buffer')])
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
