import { DeidError } from '../../shared/errors.ts'
import type { Problem, Solution } from '../problem.ts'
import { labelOf } from './labels.ts'

/**
 * What an observer sees as one class, those whose released labels are the same: for each class of a solution
 * the one it is of.
 */
export const releasedClasses = (
  { attributes }: Problem,
  { recoded }: Pick<Solution, 'recoded'>,
): { of: Int32Array; count: number } => {
  const known = new Map<string, number>()
  const of = Int32Array.from(recoded, (cells) => {
    const labels = attributes.map((attribute, at) => {
      const cell = cells[at]
      if (cell === undefined) throw new DeidError('bad-release', 'A class lacks a cell: nothing is released.')
      return labelOf(attribute, cell)
    })
    const key = JSON.stringify(labels)
    const at = known.get(key) ?? known.size
    known.set(key, at)
    return at
  })
  return { of, count: known.size }
}
