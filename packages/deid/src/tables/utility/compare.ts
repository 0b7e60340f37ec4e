import type { Plan } from '../format/plan.ts'
import type { Risks, Utility } from '../format/table-release.ts'
import { classesOf } from '../models/classes-of.ts'
import { risksOf } from '../models/risks.ts'
import type { Method, Problem, Proof, Solution } from '../problem.ts'
import { type SizeBin, sizeBins } from './class-sizes.ts'
import { byColumn, meanClass, measure } from './measure.ts'
import { nonUniformEntropies } from './non-uniform-entropy.ts'
import { weightedMean } from './weighted-mean.ts'

export type Metric = Plan['metric']

/**
 * One alternative, as data that a page can draw beside the others: plain JSON, numbers and names of columns
 * only.
 */
export interface Comparison {
  readonly method: Method
  readonly proof: Proof
  /** Full-domain only: the level of each quasi-identifier. */
  readonly levels: Readonly<Record<string, number>> | null
  readonly checked: number
  readonly suppressedRows: number
  readonly suppressedShare: number
  readonly utility: Utility
  /** Non-uniform entropy of each quasi-identifier, 0 to 1. */
  readonly entropyByColumn: Readonly<Record<string, number>>
  /**
   * What a choice goes by: the lower the better. `average-class` is in rows, so that alternatives compare
   * whether or not a model gives a k.
   */
  readonly metrics: Readonly<Record<Metric, number>>
  /** After: of the released classes. */
  readonly risks: Risks
  readonly classSizes: readonly SizeBin[]
}

const compared = (problem: Problem, solution: Solution): Comparison => {
  const { method, proof, levels, checked, suppressedRows, classOf, recoded } = solution
  const utility = measure(problem, solution)
  const entropies = nonUniformEntropies(problem, solution)
  // Of sizes alone: no model, no histogram.
  const { patients } = classesOf({ ...problem, models: [] }, classOf, recoded.length)
  return {
    method,
    proof,
    levels: levels === null ? null : byColumn(problem, levels),
    checked,
    suppressedRows,
    suppressedShare: suppressedRows / problem.rows,
    utility,
    entropyByColumn: byColumn(problem, entropies),
    metrics: {
      loss: utility.loss,
      discernibility: utility.discernibility,
      'average-class': meanClass(problem, solution),
      'non-uniform-entropy': weightedMean(problem.attributes, entropies),
    },
    risks: risksOf(patients),
    classSizes: sizeBins(patients),
  }
}

/** The alternatives side by side, in the order of the solutions. */
export const compareSolutions = (problem: Problem, solutions: readonly Solution[]): Comparison[] =>
  solutions.map((solution) => compared(problem, solution))
