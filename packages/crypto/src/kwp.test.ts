import { describe, expect, it } from 'vitest'
import { kwpUnwrap, kwpWrap, unwrapUnder, wrappingKey, wrapUnder } from './kwp.ts'
import { codeOf } from './testing/code-of.ts'
import { readVectors, vectorsAbsent, vectorsNote } from './testing/wycheproof.ts'

const hex = (text: string | undefined) => Buffer.from(text ?? '', 'hex')

describe('AES key wrap with padding', () => {
  it('gives the bytes of RFC 5649, section 6', () => {
    const kek = wrappingKey(hex('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8'))
    const cases = [
      [
        'c37b7e6492584340bed12207808941155068f738',
        '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
      ],
      ['466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
    ]
    for (const [plain, wrapped] of cases) {
      expect(wrapUnder(kek, hex(plain)).toString('hex')).toBe(wrapped)
      expect(unwrapUnder(kek, hex(wrapped)).toString('hex')).toBe(plain)
    }
  })

  it('refuses every bit flip and every truncation of a wrapped key', () => {
    const kek = Buffer.alloc(32, 3)
    const wrapped = kwpWrap(kek, Buffer.alloc(32, 9))
    expect(kwpUnwrap(kek, wrapped)).toEqual(Buffer.alloc(32, 9))
    for (let bit = 0; bit < wrapped.length * 8; bit++) {
      const changed = Buffer.from(wrapped)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(codeOf(() => kwpUnwrap(kek, changed))).toBe('unwrap-failed')
    }
    for (let length = 0; length < wrapped.length; length++) {
      expect(codeOf(() => kwpUnwrap(kek, wrapped.subarray(0, length)))).toBe('unwrap-failed')
    }
  })

  it('lets only 256-bit keys wrap outside the package, and wraps no nothing', () => {
    expect(codeOf(() => kwpWrap(Buffer.alloc(16, 1), Buffer.alloc(32)))).toBe('invalid-key')
    expect(codeOf(() => kwpUnwrap(Buffer.alloc(24, 1), Buffer.alloc(40)))).toBe('invalid-key')
    expect(codeOf(() => kwpWrap(Buffer.alloc(32, 1), Buffer.alloc(0)))).toBe('invalid-argument')
    expect(codeOf(() => wrappingKey(Buffer.alloc(31)))).toBe('invalid-key')
  })
})

describe.skipIf(vectorsAbsent)(`AES-KWP against Wycheproof${vectorsNote}`, () => {
  it('wraps and unwraps every valid vector and refuses every invalid one, at each key size', () => {
    const vectors = readVectors('aes_kwp_test.json')
    const seen = { valid: 0, invalid: 0, acceptable: 0 }
    for (const { tcId, key, msg, ct, result } of vectors) {
      seen[result] += 1
      const kek = wrappingKey(hex(key))
      const unwrap = () => unwrapUnder(kek, hex(ct))
      if (result === 'invalid') {
        expect(codeOf(unwrap), `vector ${tcId}`).toBe('unwrap-failed')
      } else {
        expect(unwrap().toString('hex'), `vector ${tcId}`).toBe(msg)
        expect(wrapUnder(kek, hex(msg)).toString('hex'), `vector ${tcId}`).toBe(ct)
      }
    }
    expect(seen).toEqual({ valid: 77, invalid: 177, acceptable: 0 })
  })
})
