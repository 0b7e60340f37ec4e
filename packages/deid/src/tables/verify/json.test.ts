import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { parseStrictJson } from './strict-json.ts'

const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text))

describe('canonical JSON', () => {
  it('is that of RFC 8785, 3.2.2 and 3.2.3', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    // Names in order of their UTF-16 units, not of their code points.
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, '1': 4, '\r': 5 })).toBe(
      `{"\\r":5,"1":4,"€":3,"😀":2,"\ufb33":1}`,
    )
  })

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [undefined], [{ a: 1n }]])(
    'does not exist for what is no JSON (%s)',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'bad-release' }))
    },
  )
})

describe('strict JSON', () => {
  it('is read as JSON is', () => {
    const value = { a: [{ a: 1, b: 'x:{"a":' }, { a: 2 }], b: { a: { a: '\\"' } }, '"': {} }
    expect(parse(JSON.stringify(value))).toEqual({ ok: true, value })
  })

  it.each([
    ['a name twice', '{"a":1,"a":2}'],
    ['a name twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a name twice deep within', '[{"b":[{"a":{},"c":[1,{"d":1}],"a":2}]}]'],
    ['a byte order mark', '\ufeff{}'],
    ['text after the end', '{} {}'],
    ['a comment', '{} // x'],
  ])('refuses %s, without quoting it', (_, text) => {
    const read = parse(text)
    expect(read.ok).toBe(false)
  })

  it('refuses what is not UTF-8', () => {
    expect(parseStrictJson(new Uint8Array([0x22, 0xff, 0x22])).ok).toBe(false)
  })
})
