import { drawRandom } from './random-pool.ts'

/** 128 bits: nobody tries out that many. */
export const SALT_BYTES = 16

/** Write 16 fresh random bytes into `target`: the salt that a digest of a plaintext covers. */
export const drawSalt = (target: Uint8Array, offset: number): void => {
  drawRandom(target, offset, SALT_BYTES)
}
