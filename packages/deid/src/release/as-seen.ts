import { labelOf } from '../search/labels.ts'
import type { Problem, Solution } from '../search/problem.ts'

/**
 * A solution with its classes as a reader of the release sees them: those whose labels are the same are one class. A search may keep
 * them apart, having reached one label by different ways.
 */
export const asSeen = ({ attributes }: Problem, solution: Solution): Solution => {
  const known = new Map<string, number>()
  const recoded: Solution['recoded'][number][] = []
  const seen = Int32Array.from(solution.recoded, (cells) => {
    const key = JSON.stringify(
      attributes.map((attribute, at) => {
        const cell = cells[at]
        return cell === undefined ? null : labelOf(attribute, cell)
      }),
    )
    const existing = known.get(key)
    if (existing !== undefined) return existing
    known.set(key, recoded.length)
    return recoded.push(cells) - 1
  })
  return { ...solution, recoded, classOf: solution.classOf.map((at) => seen[at] ?? -1) }
}
