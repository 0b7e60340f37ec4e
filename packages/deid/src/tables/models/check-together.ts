import { DeidError } from '../../shared/errors.ts'
import type { Model } from '../format/model.ts'
import type { Problem } from '../problem.ts'
import { classesOf } from './classes-of.ts'
import type { SourceFacts } from './facts.ts'
import type { Requirement } from './requirement.ts'

/**
 * Where nothing may be suppressed, every row is in a class that holds; and where joining such classes gives
 * one that holds, so does the class of all rows. If that one doesn't, no release of this table can.
 */
const checkWhole = (problem: Problem, requirements: readonly Requirement[]) => {
  const asked = requirements.filter(({ classHolds, monotone }) => classHolds !== null && monotone)
  if (problem.suppressionLimit > 0 || asked.length === 0) return
  const all = classesOf(problem, new Int32Array(problem.rows), 1)
  for (const { kind, classHolds } of asked)
    if (classHolds?.(all, 0) !== true)
      throw new DeidError(
        'contradictory-models',
        `${kind}: not even the whole table as one class holds, and no row may be suppressed.`,
      )
}

const isDiverse = (model: Model) => 'l' in model

/** A class holds only values that enough patients have for a cell, and l of them. */
const checkCells = (models: readonly Model[], source: SourceFacts) => {
  for (const cells of models) {
    if (cells.kind !== 'small-cells') continue
    const { patients } = source.sensitive(cells)
    const common = patients.filter((count) => count >= cells.minimum).length
    for (const model of models.filter(isDiverse))
      if (model.attribute === cells.attribute && model.l > common)
        throw new DeidError(
          'contradictory-models',
          `${model.kind} and small-cells: l is ${model.l}, but only ${common} values of "${model.attribute}" have ${cells.minimum} patients or more.`,
        )
  }
}

/**
 * Throws `contradictory-models` for models that hold each by itself, or with suppression, but not together.
 */
export const checkTogether = (
  problem: Problem,
  requirements: readonly Requirement[],
  source: SourceFacts,
) => {
  checkCells(problem.models, source)
  checkWhole(problem, requirements)
}
