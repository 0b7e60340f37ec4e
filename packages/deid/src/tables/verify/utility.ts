import type { TableManifest, Utility } from '../format/table-release.ts'
import type { ReleasedClasses } from './classes.ts'
import { closeTo } from './close-to.ts'
import type { Findings } from './finding.ts'
import { type ReadTable, readColumn } from './table.ts'

/** The sum over a column's released rows of (covered - 1) / (domain - 1). */
const lossOfReleased = (
  table: ReadTable,
  { name, coverage }: TableManifest['columns'][number],
): number | null => {
  const column = readColumn(table, name)
  if (column === undefined || coverage === null) return null
  const rowsOf = new Float64Array(column.values.length)
  for (const code of column.codes) rowsOf[code] = (rowsOf[code] ?? 0) + 1
  if (coverage.domain === 1) return 0
  return column.values.reduce((sum, value, code) => {
    const covered = Object.hasOwn(coverage.labels, value) ? (coverage.labels[value] ?? 0) : coverage.domain
    return sum + ((rowsOf[code] ?? 0) * (covered - 1)) / (coverage.domain - 1)
  }, 0)
}

/** What the release lost, by the manifest's coverage and counts and the data's labels. */
export const releasedUtility = (
  manifest: TableManifest,
  table: ReadTable,
  classes: ReleasedClasses,
): Utility => {
  const { source, released, columns, models } = manifest
  const lossByColumn: Record<string, number> = {}
  let weighted = 0
  let weights = 0
  for (const column of columns) {
    const lost = lossOfReleased(table, column)
    if (lost === null) continue
    const loss = source.rows === 0 ? 0 : (lost + released.suppressedRows) / source.rows
    lossByColumn[column.name] = loss
    weighted += loss * column.weight
    weights += column.weight
  }
  let discernibility = released.suppressedRows * source.rows
  for (let at = 0; at < classes.count; at++) {
    const rows = (classes.starts[at + 1] ?? 0) - (classes.starts[at] ?? 0)
    discernibility += rows * rows
  }
  const ks = models.flatMap(({ model }) => (model.kind === 'k-anonymity' ? [model.k] : []))
  return {
    loss: weights === 0 ? 0 : weighted / weights,
    lossByColumn,
    discernibility,
    averageClass:
      ks.length === 0 ? null : classes.count === 0 ? 0 : table.rows / classes.count / Math.min(...ks),
  }
}

export const compareUtility = (claimed: Utility, found: Utility, findings: Findings): void => {
  const compare = (name: string, a: number | null | undefined, b: number | null | undefined): void => {
    const equal = typeof a === 'number' && typeof b === 'number' ? closeTo(a, b) : a === b
    if (!equal)
      findings.add('wrong-utility', { file: 'manifest.json' }, `utility.${name}: claimed ${a}, found ${b}.`)
  }
  compare('loss', claimed.loss, found.loss)
  compare('discernibility', claimed.discernibility, found.discernibility)
  compare('averageClass', claimed.averageClass, found.averageClass)
  const names = new Set([...Object.keys(claimed.lossByColumn), ...Object.keys(found.lossByColumn)])
  for (const name of names)
    compare(`lossByColumn.${name}`, claimed.lossByColumn[name], found.lossByColumn[name])
}
