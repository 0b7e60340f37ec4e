import { decryptFailed, openSealed, sealInto, TAG_BYTES } from './aead.ts'
import { associatedData, type Binding, ENVELOPE_HEADER } from './binding.ts'
import { CryptoError } from './errors.ts'
import { drawNonce, NONCE_BYTES } from './nonce.ts'
import { secretKey } from './secret-key.ts'
import { bytesToUuid, UUID_BYTES } from './uuid.ts'

/**
 * `version(1) = 1 | algorithm(1) = 1 (AES-256-GCM) | key id(16) | nonce(12) | ciphertext | tag(16)`.
 * The associated data covers version, algorithm, binding and key id, and is built here: no caller can
 * pass it, forget it or get it wrong.
 */
const KEY_ID_AT = ENVELOPE_HEADER.length
const NONCE_AT = KEY_ID_AT + UUID_BYTES
const CIPHERTEXT_AT = NONCE_AT + NONCE_BYTES

/** How much longer an envelope is than its plaintext. */
export const ENVELOPE_OVERHEAD = CIPHERTEXT_AT + TAG_BYTES

/** A 32-byte key and the UUID that the envelope names it by. */
export interface SealingKey {
  readonly id: string
  readonly key: Buffer
}

/**
 * Encrypt `plaintext` for one place. Throws `invalid-argument` (an id that is no UUID, a version that is
 * no whole number, an empty name), `invalid-key` or `key-wiped`.
 */
export const seal = (key: SealingKey, binding: Binding, plaintext: Uint8Array): Buffer => {
  const handle = secretKey(key.key)
  const data = associatedData(binding, key.id)
  // Unzeroed memory is safe here: every byte is written below.
  const envelope = Buffer.allocUnsafe(ENVELOPE_OVERHEAD + plaintext.length)
  envelope.set(ENVELOPE_HEADER, 0)
  const keyIdInData = data.length - UUID_BYTES
  for (let i = 0; i < UUID_BYTES; i++) envelope[KEY_ID_AT + i] = data[keyIdInData + i] ?? 0
  drawNonce(envelope, NONCE_AT)
  sealInto(envelope, CIPHERTEXT_AT, handle, envelope.subarray(NONCE_AT, CIPHERTEXT_AT), data, plaintext)
  return envelope
}

/**
 * Decrypt an envelope in the place it was sealed for, into memory of its own. `malformed-envelope` or
 * `unsupported-version` where it can't be one of ours; `decrypt-failed` for a wrong key, a wrong place
 * and a changed byte alike. Other errors as for `seal`.
 */
export const open = (key: SealingKey, binding: Binding, envelope: Uint8Array): Buffer => {
  requireEnvelope(envelope)
  const handle = secretKey(key.key)
  const data = associatedData(binding, key.id)
  // The data holds the id of the key at hand: the id in the envelope is compared, or it could be changed.
  const keyIdInData = data.length - UUID_BYTES
  let difference = 0
  for (let i = 0; i < UUID_BYTES; i++) {
    difference |= (envelope[KEY_ID_AT + i] ?? 0) ^ (data[keyIdInData + i] ?? 0)
  }
  if (difference !== 0) throw decryptFailed()
  const tagAt = envelope.length - TAG_BYTES
  return openSealed(
    handle,
    envelope.subarray(NONCE_AT, CIPHERTEXT_AT),
    data,
    envelope.subarray(CIPHERTEXT_AT, tagAt),
    envelope.subarray(tagAt),
  )
}

/**
 * Which key an envelope names: to find the key with, not yet authenticated. Errors as for a malformed
 * one in `open`.
 */
export const envelopeKeyId = (envelope: Uint8Array): string => {
  requireEnvelope(envelope)
  return bytesToUuid(envelope.subarray(KEY_ID_AT, NONCE_AT))
}

const requireEnvelope = (envelope: Uint8Array): void => {
  if (envelope.length < ENVELOPE_OVERHEAD) {
    throw new CryptoError('malformed-envelope', 'the envelope is too short to be one')
  }
  if (envelope[0] !== ENVELOPE_HEADER[0] || envelope[1] !== ENVELOPE_HEADER[1]) {
    throw new CryptoError('unsupported-version', 'the envelope has an unknown version or algorithm')
  }
}
