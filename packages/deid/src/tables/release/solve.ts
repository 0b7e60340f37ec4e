import { DeidError } from '../../shared/errors.ts'
import type { Plan } from '../format/plan.ts'
import type { Method, Problem, Solution } from '../problem.ts'
import { bestOf } from '../utility/choose.ts'
import { type Comparison, compareSolutions } from '../utility/compare.ts'
import { asSeen } from './as-seen.ts'

const ALL: readonly Method[] = ['optimal', 'local', 'mondrian']

/** Runs one search: in this thread, or in one of its own. */
export type Searcher = (method: Method, problem: Problem) => Promise<Solution>

export interface Solved {
  readonly solution: Solution
  /** Every solution that was found, the chosen one among them, side by side. */
  readonly alternatives: readonly Comparison[]
}

/**
 * Searches by the plan's method, or by all three where it asks for the best, and chooses by the plan's
 * metric. Rejects with `no-solution` where no method found one (with the first's cause), and with what a
 * search throws.
 */
export const solve = async ({ search, metric }: Plan, problem: Problem, run: Searcher): Promise<Solved> => {
  const methods = search.method === 'best' ? ALL : [search.method]
  const solutions: Solution[] = []
  let refusal: DeidError | undefined
  for (const method of methods) {
    try {
      solutions.push(asSeen(problem, await run(method, problem)))
    } catch (error) {
      if (!(error instanceof DeidError) || error.code !== 'no-solution') throw error
      refusal ??= error
    }
  }
  const alternatives = compareSolutions(problem, solutions)
  const solution = solutions[bestOf(alternatives, metric)]
  if (solution === undefined) throw refusal ?? new DeidError('no-solution', 'No search found a solution.')
  return { solution, alternatives }
}
