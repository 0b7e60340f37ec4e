import type { Findings } from './finding.ts'
import type { ReadTable } from './table.ts'

/** The two files of a release hold the same cells in the same order. */
export const checkSameCells = (a: ReadTable, b: ReadTable, findings: Findings): void => {
  const names = ({ columns }: ReadTable): string => JSON.stringify(columns.map(({ name }) => name))
  if (a.rows !== b.rows || names(a) !== names(b)) {
    findings.add('formats-differ', { file: b.file }, `Its rows or columns are not those of ${a.file}.`)
    return
  }
  a.columns.forEach(({ name, values, codes }, at) => {
    const other = b.columns[at]
    const codeOf = new Map(other?.values.map((value, code) => [value, code]))
    const expected = values.map((value) => codeOf.get(value) ?? -1)
    for (let row = 0; row < a.rows; row++)
      if (expected[codes[row] ?? 0] !== other?.codes[row])
        findings.add(
          'formats-differ',
          { file: b.file, column: name, row: row + 1 },
          `The cell is not that of ${a.file}.`,
        )
  })
}
