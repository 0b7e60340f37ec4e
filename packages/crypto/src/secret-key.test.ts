import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { hmacSha256 } from './hmac.ts'
import { secretKey, wipeKey } from './secret-key.ts'
import { codeOf } from './testing/code-of.ts'

it('a wiped key is all zeros, is refused, and nothing of it is remembered for its buffer', () => {
  const key = randomBytes(32)
  const before = hmacSha256(secretKey(key), 'message')
  wipeKey(key)
  expect(key).toEqual(Buffer.alloc(32))
  expect(codeOf(() => secretKey(key))).toBe('key-wiped')
  key.fill(5)
  expect(hmacSha256(secretKey(key), 'message')).toEqual(hmacSha256(Buffer.alloc(32, 5), 'message'))
  expect(hmacSha256(secretKey(key), 'message')).not.toEqual(before)
})

it('a key whose only bit is in its last byte is a key', () => {
  const key = Buffer.alloc(32)
  key[31] = 1
  expect(codeOf(() => secretKey(key))).toBe('none')
  expect(codeOf(() => secretKey(Buffer.alloc(33, 1)))).toBe('invalid-key')
})
