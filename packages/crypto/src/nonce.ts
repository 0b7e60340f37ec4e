import { randomFillSync } from 'node:crypto'

/** 96 bits: the only length for which GCM uses the nonce as it is (NIST SP 800-38D, section 5.2.1.1). */
export const NONCE_BYTES = 12

/** 682 nonces, 8 KiB less a remainder: one call to the CSPRNG instead of 682. */
const POOL_BYTES = 682 * NONCE_BYTES
const pool = new Uint8Array(POOL_BYTES)
let next = POOL_BYTES

/**
 * Write 12 fresh random bytes into `target`. A pool byte is handed out once and zeroed as it goes, so
 * that a heap dump shows no future nonce that was already used, and a fault can repeat none. Each worker
 * thread has its own pool, as it has its own copy of this module.
 */
export function drawNonce(target: Uint8Array, offset: number): void {
  if (next === POOL_BYTES) {
    randomFillSync(pool)
    next = 0
  }
  for (let i = 0; i < NONCE_BYTES; i++) {
    target[offset + i] = pool[next + i] ?? 0
    pool[next + i] = 0
  }
  next += NONCE_BYTES
}
