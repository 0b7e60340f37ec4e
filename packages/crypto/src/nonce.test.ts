import { expect, it } from 'vitest'
import { drawNonce, NONCE_BYTES } from './nonce.ts'

it('no nonce comes twice in 100,000, across refills of the pool, and none is zero', () => {
  const seen = new Set<string>()
  const nonce = Buffer.alloc(NONCE_BYTES)
  for (let i = 0; i < 100_000; i++) {
    nonce.fill(0)
    drawNonce(nonce, 0)
    seen.add(nonce.toString('latin1'))
  }
  expect(seen.size).toBe(100_000)
  expect(seen.has('\0'.repeat(NONCE_BYTES))).toBe(false)
})

it('a nonce is written where it was asked for and nowhere else', () => {
  const target = Buffer.alloc(NONCE_BYTES + 2, 7)
  drawNonce(target, 1)
  expect([target[0], target[NONCE_BYTES + 1]]).toEqual([7, 7])
  expect(target.subarray(1, -1).equals(Buffer.alloc(NONCE_BYTES, 7))).toBe(false)
})
