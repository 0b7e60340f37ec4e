import { describe, expect, it } from 'vitest'
import { hkdfSha256 } from './hkdf.ts'
import { codeOf } from './testing/code-of.ts'

const run = (from: number, to: number) => Buffer.from(Array.from({ length: to - from }, (_, i) => from + i))

describe('HKDF-SHA-256', () => {
  it('gives the bytes of RFC 5869, appendices A.1 to A.3', () => {
    const short = Buffer.alloc(22, 0x0b)
    expect(hkdfSha256(short, run(0, 0x0d), run(0xf0, 0xfa), 42).toString('hex')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    )
    expect(hkdfSha256(run(0, 0x50), run(0x60, 0xb0), run(0xb0, 0x100), 82).toString('hex')).toBe(
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c' +
        '59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71' +
        'cc30c58179ec3e87c14c01d5c1f3434f1d87',
    )
    expect(hkdfSha256(short, Buffer.alloc(0), '', 42).toString('hex')).toBe(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    )
  })

  it('refuses lengths and contexts that the RFC or the platform cannot give', () => {
    const key = Buffer.alloc(32, 1)
    const salt = Buffer.alloc(0)
    for (const length of [0, -1, 1.5, 8161]) {
      expect(codeOf(() => hkdfSha256(key, salt, 'label', length))).toBe('invalid-argument')
    }
    expect(hkdfSha256(key, salt, 'label', 8160)).toHaveLength(8160)
    expect(codeOf(() => hkdfSha256(key, salt, Buffer.alloc(1025), 32))).toBe('invalid-argument')
  })
})
