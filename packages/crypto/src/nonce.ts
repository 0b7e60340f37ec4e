import { drawRandom } from './random-pool.ts'

/** 96 bits: the only length for which GCM uses the nonce as it is (NIST SP 800-38D, section 5.2.1.1). */
export const NONCE_BYTES = 12

/** Write 12 fresh random bytes into `target`. */
export const drawNonce = (target: Uint8Array, offset: number): void => {
  drawRandom(target, offset, NONCE_BYTES)
}
