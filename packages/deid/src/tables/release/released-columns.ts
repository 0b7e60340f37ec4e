import { DeidError } from '../../shared/errors.ts'
import type { Plan } from '../format/plan.ts'
import type { ReleasedColumn } from '../format/table-release.ts'
import type { Attribute } from '../hierarchy/hierarchy.ts'
import type { Solution } from '../problem.ts'
import { coveredOf, labelOf } from '../search/labels.ts'
import type { Column } from '../table/table.ts'
import { PATIENT_COLUMN, type PreparedTable } from './prepare-table.ts'

/** A column of the release, as its files show it and as its manifest describes it. */
export interface FinishedColumn {
  readonly shown: Column
  /**
   * The labels that stand in the release: a column settled by the plan may have some in suppressed rows
   * alone.
   */
  readonly standing: ReadonlySet<string>
  readonly described: ReleasedColumn
}

/** What the search made of a quasi-identifier, with how many values each label covers. */
const recodedColumn = (
  attribute: Attribute,
  at: number,
  { recoded, classOf }: Solution,
): { shown: Column; covered: number[] } => {
  const labels: string[] = []
  const covered: number[] = []
  const index = new Map<string, number>()
  const labelOfClass = Int32Array.from(recoded, (cells) => {
    const cell = cells[at]
    if (cell === undefined) throw new DeidError('bad-release', 'A class lacks a cell.')
    const label = labelOf(attribute, cell)
    const known = index.get(label)
    if (known === undefined) {
      index.set(label, labels.length)
      covered.push(coveredOf(attribute, cell))
      return labels.push(label) - 1
    }
    if (covered[known] !== coveredOf(attribute, cell))
      throw new DeidError('bad-release', `Two groups of "${attribute.name}" have one label.`)
    return known
  })
  const codes = classOf.map((at) => labelOfClass[at] ?? 0)
  return { shown: { name: attribute.name, values: labels, codes }, covered }
}

const labelsIn = ({ values, codes }: Column, rows: Int32Array): ReadonlySet<string> => {
  const seen = new Uint8Array(values.length)
  for (const row of rows) seen[codes[row] ?? 0] = 1
  return new Set(values.filter((_, code) => seen[code] === 1))
}

/**
 * Every column of the release: the patients' first, then the plan's in its order. `rows` are those that are
 * released.
 */
export const finishColumns = (
  plan: Plan,
  { problem, shown, patients }: PreparedTable,
  solution: Solution,
  rows: Int32Array,
): FinishedColumn[] => {
  const finished: FinishedColumn[] = []
  if (patients !== null)
    finished.push({
      shown: patients,
      standing: labelsIn(patients, rows),
      described: {
        name: PATIENT_COLUMN,
        role: 'patient',
        category: 'R',
        content: 'other',
        transform: { kind: 'random-id' },
        coverage: null,
        weight: 1,
      },
    })
  for (const [name, column] of Object.entries(plan.columns)) {
    if (column.transform.kind === 'redact') continue
    const at = problem.attributes.findIndex((attribute) => attribute.name === name)
    const attribute = problem.attributes[at]
    const recoded = attribute === undefined ? null : recodedColumn(attribute, at, solution)
    const as = recoded?.shown ?? shown.get(name)
    if (as === undefined) throw new DeidError('bad-release', `The column "${name}" was not made.`)
    const standing = labelsIn(as, rows)
    const level = solution.levels?.[at]
    const searched = !shown.has(name)
    finished.push({
      shown: as,
      standing,
      described: {
        name,
        role: column.role,
        category: column.category,
        content: column.content,
        transform: searched && level !== undefined ? { kind: 'generalise', level } : column.transform,
        coverage:
          recoded === null || attribute === undefined
            ? null
            : {
                domain: attribute.hierarchy.domain.length,
                labels: Object.fromEntries(
                  as.values.flatMap((label, code) =>
                    standing.has(label) ? [[label, recoded.covered[code] ?? 0]] : [],
                  ),
                ),
              },
        weight: column.weight ?? 1,
      },
    })
  }
  return finished
}
