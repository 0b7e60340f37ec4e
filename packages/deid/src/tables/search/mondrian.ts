import { DeidError } from '../../shared/errors.ts'
import type { Problem, Solution } from '../problem.ts'
import type { Effort } from './attempt.ts'
import { makePart } from './part.ts'
import { limitInWords, prepare } from './prepare.ts'
import { rangeGeometry } from './range-geometry.ts'
import { recode } from './recode.ts'
import type { SearchOptions } from './search-options.ts'
import { settle } from './settle.ts'
import { draftOf } from './solution-draft.ts'

/** Cuts alone: this is the quick one of the searches. */
const EFFORT: Effort = { lookAhead: { two: 0, three: 0 }, rounds: 0 }

/**
 * Multidimensional recoding by ranges of each hierarchy's order (Mondrian: LeFevre, DeWitt, Ramakrishnan
 * 2006), but cut where it gains most rather than at the median, with ranges tightened to what they hold and
 * sides that are too small borrowing their nearest rows. Heuristic, and deterministic. Throws `no-solution`,
 * `cancelled`, and what `compileModels` throws.
 */
export const searchMondrian = (problem: Problem, options: SearchOptions): Solution => {
  const prepared = prepare('mondrian', problem, options)
  const { compiled, units, watch } = prepared
  const geometry = rangeGeometry(problem, units)
  const all = { units: Array.from(units.rows.keys()), rows: Array.from(units.rows) }
  const found = recode(
    { ...prepared, geometry },
    {
      roots: units.count === 0 ? [] : [makePart(geometry, units, all)],
      outside: { units: [], rows: [] },
    },
    EFFORT,
  )
  if (found?.feasible !== true)
    throw new DeidError(
      'no-solution',
      `No division into ranges was found that holds all models: ${limitInWords(problem)}.`,
    )
  const solution = settle(problem, compiled, draftOf('mondrian', units, geometry, found))
  watch.step(1, solution.loss)
  return solution
}
