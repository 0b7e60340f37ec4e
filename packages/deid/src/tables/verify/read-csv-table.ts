import { csvReader } from '../../shared/verifiers/csv-records.ts'
import type { Findings } from './finding.ts'
import { isFormula, unguarded } from './guard.ts'
import { ColumnReader, type ReadTable } from './table.ts'

export interface TableReader {
  push(bytes: Uint8Array): void
  /** The table, or null, with a finding, where it could not be read. */
  end(): ReadTable | null
}

const noteFormulas = (table: ReadTable, cells: readonly (readonly string[])[], findings: Findings): void => {
  table.columns.forEach(({ name, firstRows }, at) => {
    if (isFormula(name))
      findings.add('formula-cell', { file: table.file, column: name }, 'The header could start a formula.')
    cells[at]?.forEach((cell, code) => {
      if (isFormula(cell))
        findings.add(
          'formula-cell',
          { file: table.file, column: name, row: firstRows[code] ?? 0 },
          'A cell that is not a number could start a formula, and no apostrophe stands before it.',
        )
    })
  })
}

/**
 * Reads data.csv from its bytes, in pieces. Cells are given as the values that they stand for, guarded ones
 * without their apostrophe.
 */
export const csvTableReader = (file: string, findings: Findings): TableReader => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let columns: ColumnReader[] | null = null
  let rows = 0
  let failed = false

  const fail = (row: number, what: string): void => {
    if (!failed) findings.add('bad-csv', row > 0 ? { file, row } : { file }, `Not RFC 4180: ${what}.`)
    failed = true
  }
  const reader = csvReader({
    fault: fail,
    record: (cells) => {
      if (columns === null) {
        columns = cells.map((name) => new ColumnReader(name))
        return
      }
      rows++
      if (cells.length !== columns.length) {
        fail(rows, `the record has ${cells.length} cells and the header ${columns.length}`)
        return
      }
      for (let at = 0; at < cells.length; at++) columns[at]?.add(cells[at] ?? '')
    },
  })
  const decode = (bytes?: Uint8Array): void => {
    if (failed) return
    try {
      reader.push(bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }))
    } catch {
      fail(rows + 1, 'the text is not UTF-8')
    }
  }

  return {
    push: decode,
    end: () => {
      decode()
      if (!failed) reader.end()
      if (!failed && columns === null) fail(0, 'there is no header')
      if (failed || columns === null) return null
      const written = columns.map((column) => column.finish())
      const table: ReadTable = {
        file,
        rows,
        columns: written.map((column) => ({
          ...column,
          name: unguarded(column.name),
          values: column.values.map(unguarded),
        })),
      }
      noteFormulas(
        table,
        written.map(({ values }) => values),
        findings,
      )
      return table
    },
  }
}
