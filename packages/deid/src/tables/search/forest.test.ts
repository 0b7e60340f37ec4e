import { describe, expect, it } from 'vitest'
import { growForest, join } from './forest.ts'
import { attributeOf } from './testing/problem.ts'
import { foldUnits } from './units.ts'

/** `size` values, in groups of 3, of 12, and all; each in a row of its own. */
const grown = (size: number, hasTop: boolean) => {
  const values = Array.from({ length: size }, (_, value) => value)
  const groups = [3, 12].map((width) => values.map((value) => Math.floor(value / width)))
  const levels = hasTop ? [...groups, values.map(() => 0)] : groups
  const attribute = attributeOf('a', values, levels)
  const problem = {
    rows: size,
    attributes: [
      attributeOf(
        'b',
        values.map(() => 1),
        [[0, 0]],
      ),
      attribute,
    ],
    sensitive: [],
    patients: null,
    models: [],
    suppressionLimit: 0,
  }
  return { attribute, forest: growForest(problem, foldUnits(problem, [])) }
}

describe.each([
  ['looked up', 40],
  ['walked', 700],
])('joins that are %s', (_, size) => {
  it.each([true, false])('are the smallest group that covers both (common top: %s)', (hasTop) => {
    const { attribute, forest } = grown(size, hasTop)
    const { levels } = attribute.hierarchy
    for (let x = 0; x < size; x += 7)
      for (let y = 0; y < size; y += 5) {
        const node = join(forest, 1, forest.leaves[2 * x + 1] ?? -1, forest.leaves[2 * y + 1] ?? -1)
        const level = levels.findIndex(({ groups }) => groups[x] === groups[y])
        expect(forest.levels[node]).toBe(level)
        if (level < 0) expect(forest.losses[node]).toBe(Number.POSITIVE_INFINITY)
        else expect(forest.groups[node]).toBe(levels[level]?.groups[x])
      }
  })
})
