import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDuplicateKey } from './duplicate-key.ts'
import { digitsOf, ExactNumber, isInRange, isNumeric, numberOf } from './exact-number.ts'
import { parseExact, parseJson } from './parse-exact.ts'
import { anyText, referencePaths, referenceText } from './testing/reference.ts'

describe('a number', () => {
  it.each([
    '1.50',
    '0.010',
    '100.0',
    '12345678901234567890',
    '0.12345678901234567890',
    '-0.0',
    '-0',
    '0.0',
    '1E-7',
    '1.0e-7',
    '0.0000001',
    '1e5',
    '1E+2',
    '9007199254740993',
    '-1.10',
    '1e999',
  ])('%s that a double would change keeps its digits, wherever it stands', (digits) => {
    for (const text of [
      digits,
      `[${digits}]`,
      `{"a":${digits}}`,
      `{"a":[${digits},${digits}]}`,
      `{"a":[1,${digits},2]}`,
      `{"a":["x",${digits}]}`,
      `{"a":["\\u00001.50",${digits}]}`,
      `{"a":[[1,${digits}]]}`,
      `{"a b:":${digits}}`,
      `{"7":${digits},"":${digits},"__proto__":${digits}}`,
      `{"mark":"\\u00001.5","a":${digits}}`,
      `{"text":"a \\":1.50, b","a":${digits}}`,
    ]) {
      expect(JSON.stringify(parseExact(text))).toBe(text)
    }
    expect(parseExact(digits)).toEqual(new ExactNumber(digits))
  })

  it.each([
    '0',
    '-1',
    '1.5',
    '0.004',
    '0.000001',
    '23.349999999999998',
    '1e+21',
    '5e-324',
    '999999999999999',
  ])('%s that survives being a double is a plain one', (digits) => {
    expect(parseExact(`{"a":${digits}}`)).toEqual({ a: Number(digits) })
  })

  it('in a string stays what it is', () => {
    for (const text of [
      '{"a":"1.50"}',
      '[":1.50"]',
      '[":[1.50,2]"]',
      '{"a":"\\"b\\":1.50"}',
      '["\\u00001.50"]',
    ]) {
      expect(parseExact(text)).toEqual(JSON.parse(text))
      const [read, exact] = [JSON.parse(text), new ExactNumber('1.50')]
      expect(parseExact(`[${text},1.50]`)).toEqual([read, exact])
      expect(parseExact(`{"t":${text},"n":1.50}`)).toEqual({ t: read, n: exact })
    }
  })

  it('is read, compared and told apart by its digits', () => {
    const exact = new ExactNumber('1.50')
    expect([numberOf(exact), numberOf(1.5), numberOf('1.5'), numberOf({ digits: '1.50' })]).toEqual([
      1.5,
      1.5,
      null,
      null,
    ])
    expect([digitsOf(exact), digitsOf(1.5), digitsOf(null)]).toEqual(['1.50', '1.5', null])
    expect([isNumeric(exact), isNumeric(0), isNumeric('0')]).toEqual([true, true, false])
    expect(exact).not.toEqual(new ExactNumber('1.500'))
  })

  it('is out of range where a double would make it infinite, or zero though it is not', () => {
    const inRange = ['1e308', '0.0', '-0', '0e5', '5e-324', '0.00000e-999']
    const outside = ['1e309', '-1e999', '1e-999', '0.001e-400']
    expect(inRange.map((digits) => isInRange(new ExactNumber(digits)))).toEqual(inRange.map(() => true))
    expect(outside.map((digits) => isInRange(new ExactNumber(digits)))).toEqual(outside.map(() => false))
    expect([isInRange(0), isInRange(Number.POSITIVE_INFINITY)]).toEqual([true, false])
  })
})

describe('any JSON text', () => {
  it('comes back from parsing and writing token by token as it was', () => {
    fc.assert(
      fc.property(anyText({ duplicates: false }), (text) => {
        expect(JSON.stringify(parseExact(text))).toBe(referenceText(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('has a duplicate key where a slow reader of every character finds one, and only there', () => {
    fc.assert(
      fc.property(anyText({ duplicates: true }), (text) => {
        const [first] = referencePaths(text)
        expect(findDuplicateKey(text)).toEqual(first ?? null)
        if (first !== undefined) expect(parseJson(text).mayHaveDuplicates).toBe(true)
      }),
      { numRuns: 4000 },
    )
  })

  it('that is no JSON is refused, though a number would be the only fault', () => {
    for (const text of [
      '',
      '{"a":01.50}',
      '{"a":1.}',
      '{"a":1.5.0}',
      '{"a":.50}',
      '{"a":-}',
      '{"a":1.50e}',
      '{"a":+1.50}',
      '{1.50:2}',
      '{"a":1.50:2}',
      '[1.50 2]',
      '{"a":1.50"b"}',
      '{"a":1.50',
      '{"a":NaN}',
      '"1.50',
    ]) {
      expect(() => parseExact(text)).toThrow(SyntaxError)
    }
  })

  it('may be nested past what recursion takes', () => {
    const depth = 50_000
    const text = `${'{"a":['.repeat(depth)}1.50${']}'.repeat(depth)}`
    expect(parseJson(text).mayHaveDuplicates).toBe(false)
    expect(findDuplicateKey(text)).toBeNull()
  })
})

describe('a duplicate key', () => {
  it.each([
    ['{"a":1,"a":1}', ['a']],
    ['{"status":1,"sta\\u0074us":2}', ['status']],
    ['{"a":{"b":[{"c":1},{"c":1,"d":"}{","c":2}]}}', ['a', 'b', 1, 'c']],
    ['[[],[{"x":1 , "x" : 2}]]', [1, 0, 'x']],
    ['{"__proto__":1,"__proto__":2}', ['__proto__']],
    ['{"":1,"":2}', ['']],
    ['{"a\\"b":1,"a\\u0022b":2}', ['a"b']],
    ['{"a":":","b":"\\\\","a":2}', ['a']],
  ])('in %s is found, and where', (text, path) => {
    expect(parseJson(text).mayHaveDuplicates).toBe(true)
    expect(findDuplicateKey(text)).toEqual(path)
  })

  it.each(['{"a":{"a":1},"b":[{"a":1},{"a":1}]}', '[":",":a"]', '{"a":"b\\":","c":",\\"a\\":1"}'])(
    'is not seen in %s',
    (text) => {
      expect(findDuplicateKey(text)).toBeNull()
    },
  )
})
