import { DeidError } from '../../shared/errors.ts'
import { lossOf } from '../hierarchy/hierarchy.ts'
import { classesOf } from '../models/classes-of.ts'
import type { CompiledModels } from '../models/compile.ts'
import type { Problem, Recoded, Solution } from '../problem.ts'
import { coveredOf } from './labels.ts'
import { sharesOf } from './lattice.ts'
import { releasedClasses } from './released-classes.ts'

/** What a search proposes: everything of a solution that isn't measured here. */
export type SolutionDraft = Pick<Solution, 'method' | 'classOf' | 'recoded' | 'levels' | 'proof' | 'checked'>

const refuse = (what: string): never => {
  throw new DeidError('bad-release', `The search went wrong and nothing is released: ${what}.`)
}

/**
 * Every row of a class must be covered by what the class was recoded to. Asks the hierarchy itself, nothing
 * that a search made.
 */
const checkCovered = ({ attributes, rows }: Problem, { classOf, recoded }: SolutionDraft): void => {
  attributes.forEach(({ hierarchy, codes }, at) => {
    const cells = recoded.map((cellsOfClass): Recoded => cellsOfClass[at] ?? refuse('a cell is missing'))
    for (let row = 0; row < rows; row++) {
      const cell = cells[classOf[row] ?? -1]
      if (cell === undefined) continue
      const code = codes[row] ?? -1
      const covered =
        cell.kind === 'level'
          ? hierarchy.levels[cell.level]?.groups[code] === cell.group
          : (hierarchy.ranks[code] ?? -1) >= cell.from && (hierarchy.ranks[code] ?? -1) <= cell.to
      if (!covered) refuse('a row is not covered by its class')
    }
  })
}

/** How many rows each class has; at 0 the suppressed ones. */
const sizesOf = ({ rows }: Problem, { classOf, recoded }: SolutionDraft): Int32Array => {
  const sizes = new Int32Array(recoded.length + 1)
  if (classOf.length !== rows) refuse('not every row has a class')
  for (let row = 0; row < rows; row++) {
    const slot = (classOf[row] ?? -2) + 1
    if (slot < 0 || slot >= sizes.length) refuse('a row is in a class that does not exist')
    sizes[slot] = (sizes[slot] ?? 0) + 1
  }
  if (sizes.indexOf(0, 1) > 0) refuse('a class is empty')
  return sizes
}

/**
 * A search's draft as a solution, measured and checked anew from the rows: each is covered by its class, the
 * classes that an observer sees hold every model over distinct patients, and no more is suppressed than may
 * be. A draft that does not hold is never returned: `bad-release`.
 */
export const settle = (problem: Problem, compiled: CompiledModels, draft: SolutionDraft): Solution => {
  const { rows, attributes, suppressionLimit } = problem
  const sizes = sizesOf(problem, draft)
  checkCovered(problem, draft)
  const suppressedRows = sizes[0] ?? 0
  if (suppressedRows > suppressionLimit * rows + 1e-9) refuse('more rows are suppressed than may be')
  if (suppressedRows === rows) refuse('nothing would be released')

  const { of, count } = releasedClasses(problem, draft)
  const classes = classesOf(
    problem,
    draft.classOf.map((at) => of[at] ?? -1),
    count,
  )
  for (let at = 0; at < count; at++)
    if (!compiled.classHolds(classes, at)) refuse('a class does not hold its models')
  if (compiled.hasTableModels && !compiled.tableHolds(classes.patients))
    refuse('the release does not hold its models')

  const shares = sharesOf(problem)
  let lost = suppressedRows
  draft.recoded.forEach((cells, at) => {
    cells.forEach((cell, which) => {
      const attribute = attributes[which]
      if (attribute === undefined) return
      const each = lossOf(coveredOf(attribute, cell), attribute.hierarchy.domain.length)
      lost += (sizes[at + 1] ?? 0) * (shares[which] ?? 0) * each
    })
  })
  return { ...draft, loss: lost / rows, suppressedRows }
}
