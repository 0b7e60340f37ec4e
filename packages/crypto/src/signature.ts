import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { CryptoError } from './errors.ts'
import { requireNotWiped } from './secret-key.ts'

/** Ed25519 (RFC 8032, section 5.1) with raw 32-byte seeds and public keys. */
const RAW_KEY_BYTES = 32
const SIGNATURE_BYTES = 64
/** DER of everything before the raw key: PKCS #8 and SubjectPublicKeyInfo with OID 1.3.101.112 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** The 32-byte public key of a 32-byte seed. `invalid-key` for any other length. */
export const ed25519PublicKey = (seed: Uint8Array): Buffer => {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
  return Buffer.from(spki.subarray(SPKI_PREFIX.length))
}

/**
 * The 64-byte signature of `message`; the same every time (section 5.1.6). `invalid-key` for a
 * wrong seed length.
 */
export const ed25519Sign = (seed: Uint8Array, message: Uint8Array): Buffer =>
  sign(null, message, privateKey(seed))

/** Whether the signature holds. Keys and signatures that are malformed do not: both may come from outside. */
export const ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  if (publicKey.length !== RAW_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false
  try {
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, publicKey]),
      format: 'der',
      type: 'spki',
    })
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}

/**
 * `ed25519Verify` for callers that must not go on: throws `signature-invalid`, so that no result can
 * be overlooked.
 */
export const requireEd25519Signature = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): void => {
  if (!ed25519Verify(publicKey, message, signature)) {
    throw new CryptoError('signature-invalid', 'the signature does not hold')
  }
}

const privateKey = (seed: Uint8Array): KeyObject => {
  if (seed.length !== RAW_KEY_BYTES) throw new CryptoError('invalid-key', 'an Ed25519 seed has 32 bytes')
  requireNotWiped(seed)
  const der = Buffer.concat([PKCS8_PREFIX, seed])
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } finally {
    der.fill(0)
  }
}
