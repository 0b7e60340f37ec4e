import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumberRange } from './entry.ts'
import { mergeRanges, missingRanges } from './number-ranges.ts'

const range = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 8 }))
  .map(([first, more]): NumberRange => [first, first + more])
const numbersIn = (ranges: readonly NumberRange[]): number[] =>
  ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))

describe('ranges of numbers', () => {
  it('property: merged, they hold the same numbers, each once, and no two of them touch', () => {
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const merged = mergeRanges(ranges)
        expect(numbersIn(merged)).toEqual([...new Set(numbersIn(ranges))].sort((a, b) => a - b))
        for (const [i, [first]] of merged.entries()) {
          if (i > 0) expect(first).toBeGreaterThan((merged[i - 1]?.[1] ?? 0) + 1)
        }
      }),
    )
  })

  it('property: what is missing up to a number is what is in none of them', () => {
    fc.assert(
      fc.property(fc.array(range), fc.integer({ min: 0, max: 70 }), (ranges, last) => {
        const held = new Set(numbersIn(ranges))
        const expected = Array.from({ length: last }, (_, i) => i + 1).filter((n) => !held.has(n))
        expect(numbersIn(missingRanges(mergeRanges(ranges), last))).toEqual(expected)
      }),
    )
  })
})
