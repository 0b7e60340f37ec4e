import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from './bytes.ts'
import { canonicalise } from './canonical.ts'
import type { JsonValue } from './json.ts'
import { lacksSharedData, SHARED_DATA } from './testing/shared-data.ts'

const folder = `${SHARED_DATA}jcs/testdata`
const vectors = existsSync(folder)
  ? readdirSync(`${folder}/input`).map((file) => file.replace('.json', ''))
  : []
const text = (value: JsonValue) => new TextDecoder().decode(canonicalise(value))

describe.skipIf(lacksSharedData('jcs'))(
  'RFC 8785 vectors (skipped where ../shared/data/jcs is absent)',
  () => {
    it('are all there', () => expect(vectors).toHaveLength(6))

    it.each(vectors)('%s has the published bytes', (name) => {
      const input: JsonValue = JSON.parse(readFileSync(`${folder}/input/${name}.json`, 'utf8'))
      const output = new Uint8Array(readFileSync(`${folder}/output/${name}.json`))
      const hex = readFileSync(`${folder}/outhex/${name}.txt`, 'utf8').replaceAll(/\s/g, '')
      expect(toHex(canonicalise(input))).toBe(hex)
      expect(canonicalise(input)).toEqual(output)
    })
  },
)

describe('canonicalise', () => {
  it('gives a value back unchanged through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed: JsonValue = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(text(parsed))).toEqual(parsed)
      }),
      { seed: 1 },
    )
  })

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.integer()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse())
        expect(text(reversed)).toBe(text({ ...object }))
      }),
      { seed: 2 },
    )
  })

  it('is the same for a value whose keys stand in order as for one whose keys do not', () => {
    const arranged = (value: JsonValue, isBackwards: boolean): JsonValue => {
      if (Array.isArray(value)) return value.map((item) => arranged(item, isBackwards))
      if (typeof value !== 'object' || value === null) return value
      const keys = Object.keys(value).sort()
      return Object.fromEntries(
        (isBackwards ? keys.reverse() : keys).map((key) => [key, arranged(value[key] ?? null, isBackwards)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed: JsonValue = JSON.parse(JSON.stringify(value))
        expect(text(arranged(parsed, false))).toBe(text(arranged(parsed, true)))
      }),
      { seed: 3 },
    )
  })

  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [0.000001, '0.000001'],
    [333333333.3333332, '333333333.3333332'],
  ])('writes the number %d as RFC 8785 appendix B does', (number, expected) => {
    expect(text(number)).toBe(expected)
  })

  it('sorts keys by UTF-16 code units, where code points would sort otherwise', () => {
    expect(text({ '\ufb33': 1, '\u{1f602}': 2 })).toBe('{"\u{1f602}":2,"\ufb33":1}')
  })

  it('writes a key named __proto__ like any other', () => {
    expect(text(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}')
  })

  const deep = (levels: number): JsonValue => (levels === 0 ? 1 : [deep(levels - 1)])

  it('goes 64 levels deep and no deeper', () => {
    expect(text(deep(64))).toHaveLength(129)
    expect(() => canonicalise(deep(65))).toThrowError(expect.objectContaining({ code: 'invalid-json' }))
  })

  const refused: [string, unknown][] = [
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['undefined', undefined],
    ['undefined in an object', { a: undefined }],
    ['a hole in an array', new Array(2)],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['an object of a class', new Date(0)],
    ['bytes', new Uint8Array(2)],
    ['a lone surrogate', 'a\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
  ]
  it.each(refused)('refuses %s', (_, value) => {
    // Reflect.apply, because the type of canonicalise forbids these already.
    expect(() => Reflect.apply(canonicalise, undefined, [value])).toThrowError(
      expect.objectContaining({ code: 'invalid-json' }),
    )
  })
})
