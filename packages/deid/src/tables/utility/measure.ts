import type { Utility } from '../format/table-release.ts'
import type { Problem, Solution } from '../problem.ts'
import { classRows } from './class-rows.ts'
import { attributeLosses } from './loss.ts'
import { weightedMean } from './weighted-mean.ts'

/** Numbers by the name of their attribute. */
export const byColumn = ({ attributes }: Problem, values: readonly number[]): Record<string, number> =>
  Object.fromEntries(attributes.map(({ name }, index) => [name, values[index] ?? 0]))

/**
 * Sum over classes of rows squared, and all rows of the source for each suppressed one (Bayardo and Agrawal,
 * ICDE 2005).
 */
const discernibilityOf = ({ rows }: Problem, { suppressedRows }: Solution, perClass: Int32Array): number =>
  perClass.reduce((sum, count) => sum + count * count, suppressedRows * rows)

/** The mean rows of a class; 0 where nothing is released. */
export const meanClass = ({ rows }: Problem, { suppressedRows, recoded }: Solution): number =>
  recoded.length === 0 ? 0 : (rows - suppressedRows) / recoded.length

/**
 * The mean rows of a class over the k asked for (LeFevre, DeWitt, Ramakrishnan, ICDE 2006): 1 is the best
 * that k allows.
 */
const averageClassOf = (problem: Problem, solution: Solution): number | null => {
  const ks = problem.models.flatMap((model) => (model.kind === 'k-anonymity' ? [model.k] : []))
  return ks.length === 0 ? null : meanClass(problem, solution) / Math.min(...ks)
}

/** What a solution costs. */
export const measure = (problem: Problem, solution: Solution): Utility => {
  const losses = attributeLosses(problem, solution)
  return {
    loss: weightedMean(problem.attributes, losses),
    lossByColumn: byColumn(problem, losses),
    discernibility: discernibilityOf(problem, solution, classRows(solution)),
    averageClass: averageClassOf(problem, solution),
  }
}
