import { DeidError } from '../../shared/errors.ts'
import type { Problem, Solution } from '../problem.ts'
import type { Attempt, Effort, Field } from './attempt.ts'
import { searchFullDomain } from './full-domain.ts'
import type { Part } from './geometry.ts'
import { groupGeometry } from './group-geometry.ts'
import { buildLattice } from './lattice.ts'
import { type Items, makePart } from './part.ts'
import { limitInWords, prepare } from './prepare.ts'
import { recode } from './recode.ts'
import type { SearchOptions } from './search-options.ts'
import { settle } from './settle.ts'
import { draftOf } from './solution-draft.ts'

const EFFORT: Effort = { lookAhead: { two: 16, three: 4 }, rounds: 6 }
/** Tables of so many units or more get less effort, so that time doesn't grow faster than they do. */
const MANY_UNITS = 40_000
const LESS_EFFORT: Effort = { lookAhead: { two: 8, three: 0 }, rounds: 3 }
/** Lattice nodes looked at for a start, where the whole table does not hold its models. */
const START_NODES = 5000

/** The parts that these classes of units make, and the rows in none. */
const partsOf = ({ units, geometry }: Field, classOf: Int32Array, count: number) => {
  const classes = Array.from({ length: count }, (): Items => ({ units: [], rows: [] }))
  const outside: Items = { units: [], rows: [] }
  for (let unit = 0; unit < units.count; unit++) {
    const into = classes[classOf[unit] ?? -1] ?? outside
    into.units.push(unit)
    into.rows.push(units.rows[unit] ?? 0)
  }
  return { roots: classes.map((items): Part => makePart(geometry, units, items)), outside }
}

/** Rows that share the tops of all hierarchies: one part, unless some hierarchy has no common top. */
const atTheTop = (problem: Problem, field: Field) => {
  const known = new Map<string, number>()
  const tops = problem.attributes.map(({ hierarchy }) => hierarchy.levels.at(-1)?.groups)
  const classOf = new Int32Array(field.units.count).map((_, unit) => {
    const key = tops.map((groups, at) => groups?.[field.units.codes[at]?.[unit] ?? 0] ?? 0).join()
    const at = known.get(key) ?? known.size
    known.set(key, at)
    return at
  })
  return partsOf(field, classOf, known.size)
}

/**
 * Division that begins at the best full-domain recoding: for models that the whole table fails, but smaller
 * classes can hold.
 */
const fromFullDomain = (
  problem: Problem,
  field: Field,
  effort: Effort,
  options: SearchOptions,
): Attempt | null => {
  const { units, compiled, mostSuppressed, watch } = field
  const lattice = buildLattice(problem, units)
  const maxNodes = options.maxNodes ?? START_NODES
  const { found, checked } = searchFullDomain({ lattice, compiled, mostSuppressed, maxNodes, watch })
  if (found === null) return null
  const start = partsOf(field, found.classOf, found.classes)
  const divided = recode(field, start, effort)
  if (divided?.feasible === true) return divided
  return { parts: start.roots, dropped: start.outside, cost: found.cost, checked, feasible: true }
}

/**
 * Local recoding: each class by the smallest groups that cover it, so that one column holds labels of several
 * levels. Rows are divided top-down by the cuts that gain most, a side that is too small borrowing its
 * nearest rows; then classes are improved by moves until none gains. Heuristic, and deterministic. Throws
 * `no-solution`, `cancelled`, and what `compileModels` throws.
 */
export const searchLocal = (problem: Problem, options: SearchOptions): Solution => {
  const prepared = prepare('local', problem, options)
  const { compiled, units, watch } = prepared
  const geometry = groupGeometry(problem, units)
  const field: Field = { ...prepared, geometry }
  const effort = units.count < MANY_UNITS ? EFFORT : LESS_EFFORT
  const divided = recode(field, atTheTop(problem, field), effort)
  const found = divided?.feasible === true ? divided : fromFullDomain(problem, field, effort, options)
  if (found === null)
    throw new DeidError(
      'no-solution',
      `No recoding was found that holds all models: ${limitInWords(problem)}.`,
    )
  const solution = settle(problem, compiled, draftOf('local', units, geometry, found))
  watch.step(1, solution.loss)
  return solution
}
