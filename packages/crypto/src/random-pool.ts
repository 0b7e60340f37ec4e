import { randomFillSync } from 'node:crypto'

/** One call to the CSPRNG in place of some hundreds: a call costs as much as sealing a small field. */
const POOL_BYTES = 8 * 1024
const pool = new Uint8Array(POOL_BYTES)
let next = POOL_BYTES

/**
 * Write `length` fresh random bytes (few: nonces and salts, not keys) into `target`. A pool byte is handed
 * out once and zeroed as it goes, so that a heap dump shows none that was already used, and a fault can
 * repeat none. Each worker thread has its own pool, as it has its own copy of this module.
 */
export const drawRandom = (target: Uint8Array, offset: number, length: number): void => {
  if (next + length > POOL_BYTES) {
    randomFillSync(pool)
    next = 0
  }
  for (let i = 0; i < length; i++) {
    target[offset + i] = pool[next + i] ?? 0
    pool[next + i] = 0
  }
  next += length
}
