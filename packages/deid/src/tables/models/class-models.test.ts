import { describe, expect, it } from 'vitest'
import type { ClassModel } from '../format/model.ts'
import { classesOf } from './classes-of.ts'
import { compileModels, modelClaims } from './compile.ts'
import { problemOf, sensitiveOf } from './testing/problem.ts'

const attribute = 'disease'

/** A class with so many patients of each value, the rest of the table suppressed, and whether it holds. */
const ofCounts = (
  model: ClassModel,
  counts: readonly number[],
  rest: readonly number[],
  groups: readonly (readonly number[])[] | null = null,
) => {
  const spread = (numbers: readonly number[]) =>
    numbers.flatMap((count, value) => Array<number>(count).fill(value))
  const inClass = spread(counts)
  const codes = [...inClass, ...spread(rest)]
  const problem = problemOf([model], [sensitiveOf(attribute, codes, counts.length, groups)])
  const classOf = Int32Array.from(codes, (_, row) => (row < inClass.length ? 0 : -1))
  const classes = classesOf(problem, classOf, 1)
  return {
    holds: compileModels(problem).classHolds(classes, 0),
    reached: modelClaims(problem, classes)[0]?.reached,
  }
}

describe('recursive (c, l)-diversity', () => {
  const model = (c: number, l: number): ClassModel => ({ kind: 'recursive-l-diversity', attribute, c, l })

  it('the most frequent value must be rarer than c times the tail: as frequent is too frequent', () => {
    expect(ofCounts(model(2, 2), [4, 1, 1], [])).toEqual({ holds: false, reached: 2 })
    expect(ofCounts(model(2, 2), [3, 1, 1], [])).toEqual({ holds: true, reached: 1.5 })
    // 3 < 0.3 * 10 is what it comes to; 0.3 has no exact double.
    expect(ofCounts(model(0.3, 2), [3, 3, 3, 2, 2], [])).toEqual({ holds: false, reached: 0.3 })
  })

  it('the tail begins at the l-th most frequent value', () => {
    expect(ofCounts(model(3, 3), [5, 5, 2, 1], [])).toEqual({ holds: true, reached: 5 / 3 })
  })

  it('a class with fewer than l values never holds', () => {
    expect(ofCounts(model(1000, 3), [1, 1, 0], [0, 0, 1]).holds).toBe(false)
  })
})

describe('entropy l-diversity', () => {
  const model = (l: number): ClassModel => ({ kind: 'entropy-l-diversity', attribute, l })

  it.each([2, 3, 5, 6, 7, 10, 49])(
    '%i equally frequent values are l = %i, though logarithms are rounded',
    (l) => {
      for (const each of [1, 3, 7])
        expect(ofCounts(model(l), Array<number>(l).fill(each), []).holds).toBe(true)
    },
  )

  it('one patient more of one value is less than l', () => {
    expect(ofCounts(model(3), [1000, 1000, 1001], []).holds).toBe(false)
  })
})

describe('hierarchical t-closeness', () => {
  it('a top of several groups has its root above it', () => {
    const model: ClassModel = { kind: 't-closeness', attribute, t: 1, distance: 'hierarchical' }
    const groups = [
      [0, 1, 2, 3],
      [0, 0, 1, 1],
    ]
    const rooted = [...groups, [0, 0, 0, 0]]
    // 3/4 has to move, 1/4 of it to the neighbour at height 1 and 1/2 through the root at height 2: 1/4 * 1/2
    // + 1/2.
    for (const tree of [groups, rooted])
      expect(ofCounts(model, [1, 0, 0, 0], [0, 1, 1, 1], tree).reached).toBe(0.625)
  })
})
