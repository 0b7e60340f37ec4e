import { createSecretKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hmacSha256 } from './hmac.ts'
import { wipeKey } from './secret-key.ts'
import { codeOf } from './testing/code-of.ts'
import { readVectors, vectorsAbsent, vectorsNote } from './testing/wycheproof.ts'

const hex = (text: string | undefined) => Buffer.from(text ?? '', 'hex')

describe('HMAC-SHA-256', () => {
  it('gives the bytes of RFC 4231, test cases 1, 2 and 6', () => {
    const cases: [Buffer, string, string][] = [
      [
        Buffer.alloc(20, 0x0b),
        'Hi There',
        'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      ],
      [
        Buffer.from('Jefe'),
        'what do ya want for nothing?',
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      ],
      [
        Buffer.alloc(131, 0xaa),
        'Test Using Larger Than Block-Size Key - Hash Key First',
        '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
      ],
    ]
    for (const [key, message, mac] of cases) expect(hmacSha256(key, message).toString('hex')).toBe(mac)
  })

  it('is made with no key that has been wiped, nor with none', () => {
    const key = Buffer.alloc(32, 5)
    wipeKey(key)
    expect(codeOf(() => hmacSha256(key, 'message'))).toBe('key-wiped')
    expect(codeOf(() => hmacSha256(Buffer.alloc(0), 'message'))).toBe('key-wiped')
  })

  it('takes a handle, bytes and strings alike, and the parts as one message', () => {
    const key = Buffer.alloc(32, 5)
    const whole = hmacSha256(key, 'één twee')
    expect(hmacSha256(createSecretKey(key), Buffer.from('één '), 'twee')).toEqual(whole)
  })
})

describe.skipIf(vectorsAbsent)(`HMAC-SHA-256 against Wycheproof${vectorsNote}`, () => {
  it('agrees with every valid tag and with no invalid one, whole or truncated', () => {
    const vectors = readVectors('hmac_sha256_test.json')
    const seen = { valid: 0, invalid: 0, acceptable: 0 }
    for (const { tcId, key, msg, tag, result } of vectors) {
      seen[result] += 1
      const expected = hex(tag)
      const equal = hmacSha256(hex(key), hex(msg)).subarray(0, expected.length).equals(expected)
      expect(equal, `vector ${tcId}`).toBe(result === 'valid')
    }
    expect(seen).toEqual({ valid: 66, invalid: 108, acceptable: 0 })
  })
})
