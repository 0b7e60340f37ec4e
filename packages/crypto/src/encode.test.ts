import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lengthPrefixed, uint64, utf8 } from './encode.ts'
import { decodeHex, encodeHex } from './hex.ts'
import { SEEDED } from './testing/arbitraries.ts'
import { codeOf } from './testing/code-of.ts'

it('no two different lists of parts have the same length-prefixed bytes', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '\0', '\x01'), maxLength: 3 }), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const same = a.length === b.length && a.every((part, i) => part === b[i])
      expect(lengthPrefixed(...a).equals(lengthPrefixed(...b))).toBe(same)
    }),
    { ...SEEDED, numRuns: 1000 },
  )
})

it('a whole number is 8 bytes, big-endian, up to the last that a number holds exactly', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      expect(uint64(value).readBigUInt64BE()).toBe(BigInt(value))
    }),
    SEEDED,
  )
  expect(uint64(Number.MAX_SAFE_INTEGER).readBigUInt64BE()).toBe(2n ** 53n - 1n)
})

it('a text with half a character is refused, for two of them would encode alike', () => {
  expect(codeOf(() => utf8('\ud800'))).toBe('invalid-argument')
  expect(utf8('é').toString('hex')).toBe('c3a9')
})

it('hex comes back from its bytes, and nothing else passes for hex', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = encodeHex(bytes)
      expect(text.toString('latin1')).toBe(Buffer.from(bytes).toString('hex'))
      expect(decodeHex(text)).toEqual(Buffer.from(bytes))
    }),
    SEEDED,
  )
  for (const text of ['0', 'gg', '0x', ' 0', '0\n', '\xff\xff']) {
    expect(decodeHex(Buffer.from(text, 'latin1'))).toBeNull()
  }
})
