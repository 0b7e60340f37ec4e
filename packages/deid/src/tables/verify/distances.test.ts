import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { equalDistance, hierarchicalDistance, orderedDistance } from './distances.ts'

const uniform = (size: number, of: readonly number[]): number[] =>
  Array.from({ length: size }, (_, at) => (of.includes(at) ? 1 / of.length : 0))

const NINE = [0, 1, 2, 3, 4, 5, 6, 7, 8]

const shares = (weights: readonly number[]): number[] => {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

describe('the distances of t-closeness', () => {
  it('are those of the salaries in the paper (Li 2007, section 5.1)', () => {
    const table = uniform(9, NINE)
    expect(orderedDistance(uniform(9, [0, 1, 2]), table, NINE)).toBeCloseTo(0.375, 12)
    expect(orderedDistance(uniform(9, [3, 5, 8]), table, NINE)).toBeCloseTo(1 / 6, 12)
    expect(equalDistance(uniform(9, [0, 1, 2]), table)).toBeCloseTo(2 / 3, 12)
  })

  it('take ranks as an order: what lies between two of them, or in which order they come, changes nothing', () => {
    const [p, q] = [
      [0.5, 0.2, 0.3],
      [0.1, 0.3, 0.6],
    ]
    expect(orderedDistance(p ?? [], q ?? [], [0, 1, 2])).toBeCloseTo((0.4 + 0.3) / 2, 12)
    expect(orderedDistance([0.3, 0.5, 0.2], [0.6, 0.1, 0.3], [90, 4, 7])).toBeCloseTo((0.4 + 0.3) / 2, 12)
  })

  it('cost the height of the common ancestor to move between two leaves of a hierarchy', () => {
    const groups = [
      [0, 1, 2, 3],
      [0, 0, 1, 1],
      [0, 0, 0, 0],
    ]
    const at = (leaf: number) => uniform(4, [leaf])
    expect(hierarchicalDistance(at(0), at(0), groups)).toBe(0)
    expect(hierarchicalDistance(at(0), at(1), groups)).toBe(0.5)
    expect(hierarchicalDistance(at(0), at(2), groups)).toBe(1)
    // A root stands over a top of two groups.
    expect(hierarchicalDistance(at(0), at(2), groups.slice(0, 2))).toBe(1)
  })

  it('in a hierarchy are the mean over its levels of the equal distance between the groups', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(weights, weights, (a, b) => {
        fc.pre(a.some((weight) => weight > 0) && b.some((weight) => weight > 0))
        const [p, q] = [shares(a), shares(b)]
        const groups = [0, 1, 2, 3].map((level) => [0, 1, 2, 3, 4, 5, 6, 7].map((leaf) => leaf >> level))
        const joined = (of: number[], level: number): number[] =>
          Array.from({ length: 8 >> level }, (_, group) =>
            of.reduce((sum, share, leaf) => (leaf >> level === group ? sum + share : sum), 0),
          )
        const mean = [0, 1, 2].reduce((sum, at) => sum + equalDistance(joined(p, at), joined(q, at)), 0) / 3
        expect(hierarchicalDistance(p, q, groups)).toBeCloseTo(mean, 12)
      }),
    )
  })

  it('are 0 between a distribution and itself, at most 1, and the same both ways', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(weights, weights, (a, b) => {
        const [p, q] = [shares(a), shares(b)]
        const groups = [
          [0, 1, 2, 3, 4],
          [0, 0, 1, 1, 1],
          [0, 0, 0, 0, 0],
        ]
        for (const distance of [
          equalDistance,
          (x: number[], y: number[]) => orderedDistance(x, y, [0, 1, 2, 3, 4]),
          (x: number[], y: number[]) => hierarchicalDistance(x, y, groups),
        ]) {
          expect(distance(p, p)).toBe(0)
          expect(distance(p, q)).toBeLessThanOrEqual(1)
          expect(distance(p, q)).toBeCloseTo(distance(q, p), 12)
        }
      }),
    )
  })
})
