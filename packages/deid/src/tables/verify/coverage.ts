import type { TableManifest } from '../format/table-release.ts'
import type { Findings } from './finding.ts'
import { type ReadTable, readColumn } from './table.ts'

/**
 * Every released label of a quasi-identifier has a coverage and no other has one, each within the domain.
 * What a label covers is the builder's word; but a full-domain solution has labels of one level, which share
 * no value, so that they cover the domain at most once.
 */
export const checkCoverage = (
  { columns, method }: TableManifest,
  table: ReadTable,
  findings: Findings,
): void => {
  for (const { name, coverage } of columns) {
    const column = readColumn(table, name)
    if (coverage === null || column === undefined) continue
    const wrong = (what: string, row?: number): void =>
      findings.add(
        'wrong-coverage',
        { file: table.file, column: name, ...(row === undefined ? {} : { row }) },
        what,
      )
    const released = new Set(column.values)
    column.values.forEach((value, code) => {
      if (!Object.hasOwn(coverage.labels, value))
        wrong('A released label has no coverage.', column.firstRows[code])
    })
    const labels = Object.entries(coverage.labels)
    if (labels.some(([label]) => !released.has(label))) wrong('A label has a coverage and is not released.')
    if (labels.some(([, covered]) => covered > coverage.domain)) wrong('A label covers more than the domain.')
    const covered = labels.reduce((sum, [, count]) => sum + count, 0)
    if (method === 'optimal' && covered > coverage.domain)
      wrong(`Its labels, of one level, cover ${covered} values of a domain of ${coverage.domain}.`)
  }
}
