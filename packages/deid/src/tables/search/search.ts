import type { Method, Problem, Solution } from '../problem.ts'
import { searchLocal } from './local.ts'
import { searchMondrian } from './mondrian.ts'
import { searchOptimal } from './optimal.ts'
import type { SearchOptions } from './search-options.ts'

const SEARCHES: Readonly<Record<Method, (problem: Problem, options: SearchOptions) => Solution>> = {
  optimal: searchOptimal,
  local: searchLocal,
  mondrian: searchMondrian,
}

/**
 * Solves a problem by one of the methods. Throws `no-solution`, `cancelled`, and what `compileModels` throws.
 */
export const search = (method: Method, problem: Problem, options: SearchOptions): Solution =>
  SEARCHES[method](problem, options)
