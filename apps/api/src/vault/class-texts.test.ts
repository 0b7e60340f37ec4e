import { describe, expect, it } from 'vitest'
import { valuesIn } from './class-texts.ts'

/** Wherever a number may stand in an object of JSON, with blanks as anybody may write them. */
const PLACES: readonly ((digits: string) => string)[] = [
  (digits) => `{"a":${digits}}`,
  (digits) => `{"a": ${digits}\n}`,
  (digits) => `{"a":${digits},"b":"c"}`,
  (digits) => `{"a":[${digits}]}`,
  (digits) => `{"a":[ ${digits} ]}`,
  (digits) => `{"a":["b",${digits}]}`,
  (digits) => `{"a":["b",\t${digits} , "c"]}`,
  (digits) => `{"a":[["b"],[[${digits}]]]}`,
  (digits) => `{"a":{"b":[{"c":${digits}}]}}`,
  (digits) => `{"a":":1.5","b":"[1.5","c":"T10:30:00-05:00","d":[${digits}]}`,
]

describe('the values of a class', () => {
  it.each(['1.50', '-0.010', '1E5', '1.0e-7', '-0.0', '12345678901234567890'])(
    'have every digit of %s, wherever it stands',
    (digits) => {
      for (const at of PLACES)
        expect(JSON.stringify(valuesIn(at(digits)))).toBe(at(digits).replace(/[ \n\t]/g, ''))
    },
  )

  it('without a number are those that were written, also where a text looks like one', () => {
    const values = { a: 'x,1.50,y', b: '[1.5]', c: ['2026-11-30', 'T10:30:00Z'], d: { e: null, f: true } }
    expect(valuesIn(JSON.stringify(values))).toEqual(values)
  })

  it.each(['', '7', '1.50', '"a"', 'null', '{"a":}', '{"a":1.}'])('are not in %s', (text) => {
    expect(() => valuesIn(text)).toThrow(SyntaxError)
  })
})
