import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exactToken,
  nameQueryToken,
  nameTokens,
  truncatedToken,
  truncationBits,
  wholeNameQueryToken,
} from './blind-index.ts'
import { normaliseName } from './normalise.ts'
import { SEEDED } from './testing/arbitraries.ts'
import { codeOf } from './testing/code-of.ts'

const KEY = Buffer.alloc(32, 7)
const OTHER_KEY = Buffer.alloc(32, 8)
const BITS = 64

const has = (tokens: readonly Buffer[], token: Buffer) => tokens.some((stored) => stored.equals(token))

describe('an exact token', () => {
  it('is the first 128 bits of the documented HMAC, or every stored index would be lost', () => {
    const expected = createHmac('sha256', KEY).update('chartward/v1/blind-index/exact\0mrn\0A1').digest()
    expect(exactToken(KEY, 'mrn', 'A1')).toEqual(expected.subarray(0, 16))
  })

  it('differs by key, field and value', () => {
    const tokens = [
      exactToken(KEY, 'mrn', 'A1'),
      exactToken(OTHER_KEY, 'mrn', 'A1'),
      exactToken(KEY, 'ssn', 'A1'),
      exactToken(KEY, 'mrn', 'A2'),
      exactToken(KEY, 'mr', 'nA1'),
    ]
    expect(new Set(tokens.map((token) => token.toString('hex'))).size).toBe(tokens.length)
  })

  it('is refused for an empty value, an unclear field and an unusable key', () => {
    expect(codeOf(() => exactToken(KEY, 'mrn', ''))).toBe('invalid-argument')
    expect(codeOf(() => exactToken(KEY, '', 'A1'))).toBe('invalid-argument')
    expect(codeOf(() => exactToken(KEY, 'mrn\0x', 'A1'))).toBe('invalid-argument')
    expect(codeOf(() => exactToken(Buffer.alloc(16, 1), 'mrn', 'A1'))).toBe('invalid-key')
    expect(codeOf(() => exactToken(Buffer.alloc(32), 'mrn', 'A1'))).toBe('key-wiped')
  })
})

describe('a truncated token', () => {
  it('has as many bits as asked, and more bits only add to it', () => {
    const full = truncatedToken(KEY, 'birth-date', '1980-02-29', 128)
    for (let bits = 1; bits <= 128; bits++) {
      const token = truncatedToken(KEY, 'birth-date', '1980-02-29', bits)
      expect(token).toHaveLength(Math.ceil(bits / 8))
      for (let bit = 0; bit < token.length * 8; bit++) {
        const mask = 0x80 >> (bit & 7)
        const expected = bit < bits ? (full[bit >> 3] ?? 0) & mask : 0
        expect((token[bit >> 3] ?? 0) & mask).toBe(expected)
      }
    }
    for (const bits of [0, -1, 129, 7.5, Number.NaN]) {
      expect(codeOf(() => truncatedToken(KEY, 'birth-date', '1980', bits))).toBe('invalid-argument')
    }
  })

  it('is shared by about as many people as planned', () => {
    const bits = truncationBits(4096, 8)
    expect(bits).toBe(9)
    const groups = new Map<string, number>()
    for (let i = 0; i < 4096; i++) {
      const token = truncatedToken(KEY, 'birth-date', `value ${i}`, bits).toString('hex')
      groups.set(token, (groups.get(token) ?? 0) + 1)
    }
    expect(groups.size).toBeGreaterThan(480)
    expect(groups.size).toBeLessThanOrEqual(512)
  })

  it('never takes more bits than leave the group its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 1e9 }), fc.integer({ min: 1, max: 8 }), (people, group) => {
        const bits = truncationBits(people, group)
        expect(people / 2 ** bits).toBeGreaterThanOrEqual(group)
        expect(people / 2 ** (bits + 1)).toBeLessThan(group)
      }),
      SEEDED,
    )
    expect([truncationBits(1), truncationBits(15), truncationBits(16), truncationBits(32)]).toEqual([
      1, 1, 1, 2,
    ])
    for (const people of [0, -1, 2.5, Number.NaN]) {
      expect(codeOf(() => truncationBits(people))).toBe('invalid-argument')
    }
  })
})

describe('a name', () => {
  it('is found by each beginning of 3 letters or more, in any spelling, and by no other text', () => {
    const tokens = nameTokens(KEY, 'family', 'Müller-Lüdenscheidt', BITS)
    for (const typed of ['mul', 'MÜLL', 'muller', 'Müller-Lüd', 'mullerludensc', 'mullerludenscheidt']) {
      expect(has(tokens, nameQueryToken(KEY, 'family', typed, BITS)), typed).toBe(true)
    }
    for (const typed of ['ull', 'mulr', 'mullerin', 'ludenscheidt']) {
      expect(has(tokens, nameQueryToken(KEY, 'family', typed, BITS)), typed).toBe(false)
    }
    expect(has(tokens, nameQueryToken(KEY, 'given', 'mul', BITS))).toBe(false)
    expect(has(tokens, nameQueryToken(OTHER_KEY, 'family', 'mul', BITS))).toBe(false)
  })

  it('is found by every typed beginning, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 3, maxLength: 30 }), fc.nat(30), (name, cut) => {
        const letters = Array.from(normaliseName(name))
        const typed = letters.slice(0, Math.max(3, cut)).join('')
        fc.pre(letters.length >= 3)
        expect(has(nameTokens(KEY, 'family', name, BITS), nameQueryToken(KEY, 'family', typed, BITS))).toBe(
          true,
        )
      }),
      SEEDED,
    )
  })

  it('of one or two letters is found whole, and only whole', () => {
    const tokens = nameTokens(KEY, 'family', 'Ng', BITS)
    expect(tokens).toEqual([wholeNameQueryToken(KEY, 'family', 'NG', BITS)])
    expect(codeOf(() => nameQueryToken(KEY, 'family', 'Ng', BITS))).toBe('invalid-argument')
    expect(codeOf(() => nameQueryToken(KEY, 'family', ' -n.g- ', BITS))).toBe('invalid-argument')
  })

  it('has one token for itself and one for each prefix up to 12 letters', () => {
    const count = (letters: number) =>
      nameTokens(KEY, 'family', 'abcdefghijklmnopqrst'.slice(0, letters), BITS).length
    expect([0, 1, 2, 3, 4, 11, 12, 13, 20].map(count)).toEqual([0, 1, 1, 2, 3, 10, 11, 11, 11])
  })

  it('has a whole-name token unlike the prefix token of the same letters', () => {
    const whole = wholeNameQueryToken(KEY, 'family', 'Kim', BITS)
    expect(whole.equals(nameQueryToken(KEY, 'family', 'Kim', BITS))).toBe(false)
    expect(has(nameTokens(KEY, 'family', 'Kimberly', BITS), whole)).toBe(false)
    expect(has(nameTokens(KEY, 'family', 'Kim', BITS), whole)).toBe(true)
  })

  it('has its tokens in an order that tells nothing, each once', () => {
    const tokens = nameTokens(KEY, 'family', 'Featherstonehaugh', 2)
    expect(tokens.length).toBeLessThanOrEqual(4)
    expect(tokens).toEqual([...tokens].sort(Buffer.compare))
    expect(new Set(tokens.map((token) => token.toString('hex'))).size).toBe(tokens.length)
  })
})
