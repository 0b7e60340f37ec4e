import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from './bytes.ts'
import { type RowValue, rowHash } from './row-hash.ts'

const value: fc.Arbitrary<RowValue> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array({ maxLength: 4 }),
  fc.constant(null),
)
const spelled = (row: readonly RowValue[]): string =>
  JSON.stringify(row.map((one) => (one instanceof Uint8Array ? [...one] : one)))

describe('the hash of a row', () => {
  it('is another for every other row, null and nothing, text and bytes told apart', () => {
    const seen = new Map<string, string>()
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (row) => {
        const hash = toHex(rowHash('records', row))
        expect(seen.get(hash) ?? spelled(row)).toBe(spelled(row))
        seen.set(hash, spelled(row))
      }),
      { seed: 1, numRuns: 500 },
    )
    const rows: RowValue[][] = [[], [null], [''], [new Uint8Array(0)], ['a', 'b'], ['ab'], ['ab', null]]
    expect(new Set(rows.map((row) => toHex(rowHash('records', row)))).size).toBe(rows.length)
    expect(rowHash('records', ['a'])).not.toEqual(rowHash('record_versions', ['a']))
  })

  it('is what it says: SHA-256 over label, table and values', () => {
    // printf 'chartward/v1/row\\0\\1\\0\\0\\0\\1t\\1\\0\\0\\0\\0017\\0\\0\\0\\0\\0' | sha256sum
    expect(toHex(rowHash('t', [7, null]))).toBe(
      '808b9ce0a28c734c3a0a7a8df3a854b97f6ac793530232cde5543bb0607186b7',
    )
  })

  it('refuses a lone surrogate, which would be hashed as another text', () => {
    expect(() => rowHash('records', ['\ud800'])).toThrowError(
      expect.objectContaining({ code: 'malformed-text' }),
    )
  })
})
