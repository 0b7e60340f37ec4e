import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { CryptoError } from './errors.ts'
import { NONCE_BYTES } from './nonce.ts'

/**
 * AES-256-GCM (NIST SP 800-38D): the only place of Chartward that makes a GCM cipher. Internal to this
 * package and not exported from it: whoever calls these chooses the nonce and the associated data, and
 * that is for the envelope alone to choose.
 */
const ALGORITHM = 'aes-256-gcm'
export const TAG_BYTES = 16
/** Without it a decipher would take any tag of 4 to 16 bytes (SP 800-38D, appendix C). */
const OPTIONS = { authTagLength: TAG_BYTES } as const

/**
 * Write `ciphertext | tag(16)` into `target` at `offset`; the ciphertext is as long as the plaintext.
 * The (key, nonce) pair must never have been used before.
 */
export const sealInto = (
  target: Uint8Array,
  offset: number,
  key: KeyObject,
  nonce: Uint8Array,
  associatedData: Uint8Array,
  plaintext: Uint8Array,
): void => {
  requireNonce(nonce)
  const cipher = createCipheriv(ALGORITHM, key, nonce, OPTIONS)
  cipher.setAAD(associatedData)
  target.set(cipher.update(plaintext), offset)
  cipher.final()
  target.set(cipher.getAuthTag(), offset + plaintext.length)
}

/**
 * The plaintext, in memory of its own. `decrypt-failed` where anything at all does not fit, not saying what.
 */
export const openSealed = (
  key: KeyObject,
  nonce: Uint8Array,
  associatedData: Uint8Array,
  ciphertext: Uint8Array,
  tag: Uint8Array,
): Buffer => {
  requireNonce(nonce)
  if (tag.length !== TAG_BYTES) throw decryptFailed()
  const decipher = createDecipheriv(ALGORITHM, key, nonce, OPTIONS)
  decipher.setAAD(associatedData)
  decipher.setAuthTag(tag)
  const plaintext = decipher.update(ciphertext)
  try {
    decipher.final()
  } catch {
    // What `update` gave out was not authenticated: it must not outlive this call.
    plaintext.fill(0)
    throw decryptFailed()
  }
  return plaintext
}

/** The one wording of a refusal, so that no two causes of it can be told apart. */
export const decryptFailed = (): CryptoError =>
  new CryptoError('decrypt-failed', 'the ciphertext does not decrypt here')

const requireNonce = (nonce: Uint8Array): void => {
  if (nonce.length !== NONCE_BYTES) throw new CryptoError('invalid-argument', 'a nonce has 12 bytes')
}
