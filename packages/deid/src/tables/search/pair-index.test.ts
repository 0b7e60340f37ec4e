import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { PairIndex } from './pair-index.ts'

describe('numbering pairs', () => {
  it('gives each pair one number, in the order of first sight, use after use, addressed directly or hashed', () => {
    const index = new PairIndex()
    const use = fc
      .record({ ids: fc.constantFrom(1, 3, 200, 100_000), codes: fc.constantFrom(1, 2, 50, 60_000) })
      .chain(({ ids, codes }) =>
        fc.record({
          ids: fc.constant(ids),
          codes: fc.constant(codes),
          pairs: fc.array(fc.tuple(fc.nat(ids - 1), fc.nat(codes - 1)), { maxLength: 400 }),
        }),
      )
    fc.assert(
      fc.property(use, ({ ids, codes, pairs }) => {
        index.clear(ids, codes)
        const known = new Map<string, number>()
        for (const [id, code] of pairs) {
          const number = known.get(`${id}/${code}`) ?? known.size
          known.set(`${id}/${code}`, number)
          expect(index.add(id, code)).toBe(number)
        }
        expect(index.count).toBe(known.size)
        expect([...known.keys()]).toEqual(
          [...known.values()].map((number) => `${index.ids[number]}/${index.codes[number]}`),
        )
      }),
      { numRuns: 300 },
    )
  })
})
