import { describe, expect, it } from 'vitest'
import { type Distance, equalDistance, hierarchicalDistance, orderedDistance } from './distance.ts'
import { orderOf } from './t-closeness.ts'

/** The distance of a class of these counts by value. */
const of = (distance: Distance, counts: readonly number[]): number => {
  const values = counts.flatMap((count, value) => (count > 0 ? [value] : []))
  const histogram = {
    starts: Int32Array.of(0, values.length),
    values: Int32Array.from(values),
    patients: Int32Array.from(counts.filter((count) => count > 0)),
  }
  return distance(histogram, 0)
}

const reference = (counts: readonly number[]) => ({
  patients: Int32Array.from(counts),
  total: counts.reduce((sum, count) => sum + count, 0),
})

describe('the salaries of Li 2007: 3k to 11k, one patient each', () => {
  const ordered = orderedDistance(reference(Array(9).fill(1)), Int32Array.from(Array(9).keys()))

  it('{3k, 4k, 5k} is 0.375 away', () => {
    expect(of(ordered, [1, 1, 1, 0, 0, 0, 0, 0, 0])).toBe(0.375)
  })

  it('{6k, 8k, 11k} is 0.167 away', () => {
    expect(of(ordered, [0, 0, 0, 1, 0, 1, 0, 0, 1])).toBe(1 / 6)
  })

  it('{3k, 5k, 9k}, of its table 5, is 0.167 away at most', () => {
    expect(of(ordered, [1, 0, 1, 0, 0, 0, 1, 0, 0])).toBeLessThanOrEqual(1 / 6)
  })

  it('all of them are 0 away', () => {
    expect(of(ordered, Array(9).fill(1))).toBe(0)
  })
})

describe('the diseases of Li 2007, 5.2', () => {
  const [flu, pneumonia, bronchitis, edema, embolism, ulcer, cancer] = [0, 1, 2, 3, 4, 5, 6]
  const levels = [
    [0, 1, 2, 3, 4, 5, 6],
    // Respiratory infection, vascular lung disease, stomach disease.
    [0, 0, 0, 1, 1, 2, 2],
    // Respiratory, digestive.
    [0, 0, 0, 0, 0, 1, 1],
  ].map((level) => Int32Array.from(level))
  const only = (disease: number) => Array.from({ length: 7 }, (_, value) => (value === disease ? 4 : 0))
  const between = (a: number, b: number) => of(hierarchicalDistance(reference(only(a)), levels), only(b))

  it('flu is 1/3 from bronchitis, 2/3 from pulmonary embolism, 1 from stomach cancer', () => {
    expect(between(flu, bronchitis)).toBe(1 / 3)
    expect(between(flu, embolism)).toBe(2 / 3)
    expect(between(flu, cancer)).toBe(1)
  })

  it('the distance is the same both ways, and 0 from itself', () => {
    expect(between(edema, ulcer)).toBe(between(ulcer, edema))
    expect(between(pneumonia, pneumonia)).toBe(0)
  })

  it('a class of several: what a node can settle among its own children does not go higher', () => {
    // The source has half flu, half cancer; the class bronchitis and ulcer in the same halves: each moves by
    // 1/3.
    const source = [1, 0, 0, 0, 0, 0, 1]
    expect(of(hierarchicalDistance(reference(source), levels), [0, 0, 1, 0, 0, 1, 0])).toBe(1 / 3)
  })
})

describe('every distance', () => {
  it('equal distance is the share that would have to be moved', () => {
    const equal = equalDistance(reference([2, 1, 1]))
    expect(of(equal, [1, 0, 0])).toBe(0.5)
    expect(of(equal, [0, 0, 3])).toBe(0.75)
    expect(of(equal, [4, 2, 2])).toBe(0)
  })

  it('a distance that is exactly t is at t, not a hair above', () => {
    // 0.3 away: in floating point 0.5 - 0.2 and 0.1 + 0.2 disagree.
    expect(of(equalDistance(reference([2, 5, 3])), [5, 5, 0])).toBe(0.3)
  })

  it('scratch is left clean: the same class asked again is as far', () => {
    const ranks = Int32Array.of(0, 1, 2)
    const tree = [Int32Array.of(0, 1, 2), Int32Array.of(0, 0, 1)]
    for (const distance of [
      orderedDistance(reference([1, 2, 3]), ranks),
      hierarchicalDistance(reference([1, 2, 3]), tree),
    ]) {
      const first = of(distance, [3, 1, 0])
      of(distance, [0, 0, 9])
      expect(of(distance, [3, 1, 0])).toBe(first)
    }
  })

  it('ranks that no value has are no step', () => {
    expect(Array.from(orderOf(Int32Array.of(70, 3, 12, 3)))).toEqual([2, 0, 1, 0])
  })

  it('an attribute of one value is at distance 0', () => {
    expect(of(orderedDistance(reference([5]), Int32Array.of(0)), [2])).toBe(0)
    expect(of(hierarchicalDistance(reference([5]), []), [2])).toBe(0)
    expect(of(equalDistance(reference([5])), [2])).toBe(0)
  })
})
