import { type CompiledModels, compileModels } from '../models/compile.ts'
import { namedSensitive } from '../models/named.ts'
import type { Method, Problem } from '../problem.ts'
import type { SearchOptions } from './search-options.ts'
import { foldUnits, type Units } from './units.ts'
import { createWatch, type Watch } from './watch.ts'

/** What every search begins with. */
export interface Prepared {
  readonly compiled: CompiledModels
  readonly units: Units
  /** The most rows of units that may be suppressed: those that no class can hold are suppressed already. */
  readonly mostSuppressed: number
  readonly watch: Watch
}

const limitRows = ({ suppressionLimit, rows }: Problem): number => Math.floor(suppressionLimit * rows + 1e-9)

/** Compiles the models and folds the rows. Throws what `compileModels` throws, and `cancelled`. */
export const prepare = (method: Method, problem: Problem, options: SearchOptions): Prepared => {
  const compiled = compileModels(problem)
  const watch = createWatch(method, options)
  watch.step(0, null)
  // Sensitive values tell units apart only where a model looks at them: fewer units make every search faster.
  const units = foldUnits(problem, compiled.bySizeAlone ? [] : namedSensitive(problem))
  return { compiled, units, mostSuppressed: limitRows(problem) - units.hopeless, watch }
}

/** The suppression limit in words. Counts only: nothing of a row. */
export const limitInWords = (problem: Problem): string =>
  `no more than ${limitRows(problem)} of ${problem.rows} rows may be suppressed`
