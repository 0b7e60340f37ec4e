import { type Attribute, lossOf } from '../hierarchy/hierarchy.ts'
import type { Problem, Recoded, Solution } from '../problem.ts'
import { classRows } from './class-rows.ts'

/** How many values of the attribute's domain a cell that was recoded so may have held. */
const covered = ({ hierarchy }: Attribute, recoded: Recoded): number =>
  recoded.kind === 'range'
    ? recoded.to - recoded.from + 1
    : (hierarchy.levels[recoded.level]?.sizes[recoded.group] ?? hierarchy.domain.length)

/** The loss of one cell, 0 to 1: (covered - 1) / (domain - 1) (Iyengar, KDD 2002). */
export const cellLoss = (attribute: Attribute, recoded: Recoded): number =>
  lossOf(covered(attribute, recoded), attribute.hierarchy.domain.length)

/**
 * For each attribute of the problem the mean loss of its cells, over all rows; the cells of a suppressed row
 * lose 1.
 */
export const attributeLosses = (problem: Problem, solution: Solution): number[] => {
  const rows = classRows(solution)
  return problem.attributes.map((attribute, index) => {
    let sum = solution.suppressedRows
    solution.recoded.forEach((cells, at) => {
      const recoded = cells[index]
      sum += (rows[at] ?? 0) * (recoded === undefined ? 1 : cellLoss(attribute, recoded))
    })
    return sum / problem.rows
  })
}
