import { DeidError } from '../../shared/errors.ts'
import type { CompiledModels } from '../models/compile.ts'
import type { Problem, Proof, Recoded, Solution } from '../problem.ts'
import type { Assessed } from './assess.ts'
import { type FullDomain, searchFullDomain } from './full-domain.ts'
import { buildLattice, type Lattice } from './lattice.ts'
import { limitInWords, prepare } from './prepare.ts'
import type { SearchOptions } from './search-options.ts'
import { settle } from './settle.ts'
import type { Units } from './units.ts'

/** Levels by attribute rather than by axis. */
const levelsByAttribute = ({ attributes }: Lattice, levels: readonly number[]): number[] => {
  const byAttribute = levels.map(() => 0)
  attributes.forEach((attribute, axis) => {
    byAttribute[attribute] = levels[axis] ?? 0
  })
  return byAttribute
}

/** What each class of a full-domain recoding became: the groups of any of its units. */
const recodedOf = (
  problem: Problem,
  units: Units,
  levels: readonly number[],
  found: Assessed,
): Recoded[][] => {
  const { classOf, classes } = found
  const firsts = new Int32Array(classes).fill(-1)
  for (let tuple = 0; tuple < units.count; tuple++) {
    const at = classOf[tuple] ?? -1
    if (at >= 0 && firsts[at] === -1) firsts[at] = tuple
  }
  return Array.from(firsts, (unit) =>
    problem.attributes.map(({ hierarchy }, attribute): Recoded => {
      const level = levels[attribute] ?? 0
      const code = units.codes[attribute]?.[unit] ?? 0
      return { kind: 'level', level, group: hierarchy.levels[level]?.groups[code] ?? 0 }
    }),
  )
}

const proofOf = ({ complete, bound, found }: FullDomain, rows: number): Proof =>
  complete || found === null
    ? { kind: 'optimal' }
    : { kind: 'best-found', gap: Math.max(0, found.cost - bound) / rows }

/** Why the lattice has no feasible node. */
const noSolution = ({ complete }: FullDomain, problem: Problem, compiled: CompiledModels): DeidError => {
  if (!complete)
    return new DeidError(
      'no-solution',
      'The search ended at its budget before it found a recoding that holds all models; raise the budget or the suppression limit.',
    )
  const limit = limitInWords(problem)
  if (compiled.bySizeAlone && !compiled.hasTableModels)
    return new DeidError(
      'no-solution',
      `Even at the top of every hierarchy too many rows are in classes of fewer than ${compiled.minimumPatients} patients: ${limit}.`,
    )
  return new DeidError('no-solution', `No level of generalisation holds all models: ${limit}.`)
}

/**
 * The full-domain recoding with the least loss: every attribute at one level in all rows, classes that don't
 * hold suppressed. Proven optimal unless `maxNodes` or the time ends it first; the proof then says by how
 * much a better one could beat it. Throws `no-solution`, `cancelled`, and what `compileModels` throws.
 */
export const searchOptimal = (problem: Problem, options: SearchOptions): Solution => {
  const { compiled, units, mostSuppressed, watch } = prepare('optimal', problem, options)
  const lattice = buildLattice(problem, units)
  const maxNodes = options.maxNodes ?? Number.POSITIVE_INFINITY
  const result = searchFullDomain({ lattice, compiled, mostSuppressed, maxNodes, watch })
  const { found } = result
  if (found === null || result.levels === null) throw noSolution(result, problem, compiled)
  const levels = levelsByAttribute(lattice, result.levels)
  const solution = settle(problem, compiled, {
    method: 'optimal',
    classOf: units.ofRow.map((unit) => found.classOf[unit] ?? -1),
    recoded: recodedOf(problem, units, levels, found),
    levels,
    proof: proofOf(result, problem.rows),
    checked: result.checked,
  })
  watch.step(1, solution.loss)
  return solution
}
