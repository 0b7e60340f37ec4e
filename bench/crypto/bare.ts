import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomFillSync } from 'node:crypto'
import type { SealingKey } from '@chartward/crypto'
import type { Field } from './fields.ts'

/** What node:crypto gives of one field: nothing of it is put into one piece. */
export interface Sealed {
  readonly nonce: Buffer
  readonly ciphertext: Buffer
  readonly tag: Buffer
}

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const POOL_BYTES = 8 * 1024

/** Takes nonces from a pool that one call fills, as ours do. Each is good until the pool is filled again. */
const pooledNonces = (): (() => Buffer) => {
  const pool = Buffer.alloc(POOL_BYTES)
  let next = POOL_BYTES
  return () => {
    if (next + NONCE_BYTES > POOL_BYTES) {
      randomFillSync(pool)
      next = 0
    }
    next += NONCE_BYTES
    return pool.subarray(next - NONCE_BYTES, next)
  }
}

/**
 * The same AES-256-GCM without an envelope, of a key whose handle is kept, with associated data that was made
 * beforehand.
 */
export const bareCipher = ({ key }: SealingKey) => {
  const handle = createSecretKey(key)
  const nonceOf = pooledNonces()
  return {
    encrypt: ({ plaintext, associatedData }: Field): Sealed => {
      const nonce = nonceOf()
      const cipher = createCipheriv(ALGORITHM, handle, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(associatedData)
      const ciphertext = cipher.update(plaintext)
      cipher.final()
      return { nonce, ciphertext, tag: cipher.getAuthTag() }
    },
    decrypt: ({ associatedData }: Field, { nonce, ciphertext, tag }: Sealed): Buffer => {
      const decipher = createDecipheriv(ALGORITHM, handle, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(associatedData)
      decipher.setAuthTag(tag)
      const plaintext = decipher.update(ciphertext)
      decipher.final()
      return plaintext
    },
  }
}

/** HMAC-SHA-256 of a text under a key whose handle is kept. */
export const bareHmac = (key: Buffer): ((text: string) => Buffer) => {
  const handle = createSecretKey(key)
  return (text) => createHmac('sha256', handle).update(text, 'utf8').digest()
}
