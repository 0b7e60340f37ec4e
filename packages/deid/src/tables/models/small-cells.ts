import { DeidError } from '../../shared/errors.ts'
import type { ClassModel } from '../format/model.ts'
import type { Histogram } from './classes.ts'
import type { SourceFacts } from './facts.ts'
import { byHistogram, type Requirement } from './requirement.ts'

type SmallCells = Extract<ClassModel, { kind: 'small-cells' }>

const smallestCell = ({ starts, patients }: Histogram, at: number): number => {
  const start = starts[at] ?? 0
  const end = starts[at + 1] ?? 0
  let least = patients[start] ?? 0
  for (let entry = start + 1; entry < end; entry++) least = Math.min(least, patients[entry] ?? 0)
  return start === end ? 0 : least
}

/** Rows whose value fewer patients of the whole table have than a cell needs: no class may hold them. */
const rowsOfRareValues = (codes: Int32Array, patients: Int32Array, minimum: number): number => {
  let rows = 0
  for (const code of codes) if ((patients[code] ?? 0) < minimum) rows++
  return rows
}

/**
 * Each value that occurs in a class occurs for at least `minimum` patients of it (CMS cell size suppression
 * policy: 11). Reached: the smallest cell that occurs.
 */
export const smallCells = (model: SmallCells, source: SourceFacts): Requirement => {
  const { minimum, attribute, kind } = model
  if (!Number.isSafeInteger(minimum) || minimum < 2)
    throw new DeidError(
      'bad-model',
      `small-cells: the minimum is ${minimum}, and must be a whole number of 2 or more.`,
    )
  const facts = source.sensitive(model)
  const rare = rowsOfRareValues(facts.sensitive.codes, facts.patients, minimum)
  if (rare === source.rows || rare / source.rows > source.suppressionLimit)
    throw new DeidError(
      'contradictory-models',
      `small-cells: ${rare} of ${source.rows} rows have a value of "${attribute}" that fewer than ${minimum} patients have, and would have to be suppressed.`,
    )
  return byHistogram({
    kind,
    histogram: facts.index,
    minimumPatients: minimum,
    monotone: true,
    worst: 'least',
    measure: smallestCell,
    holds: (cell) => cell >= minimum,
  })
}
