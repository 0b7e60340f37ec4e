import { DeidError } from '../../shared/errors.ts'
import type { Delimiter } from '../format/plan.ts'
import { ColumnBuilder } from './column-builder.ts'
import { cellText } from './csv-cell.ts'
import { CsvScanner, type CsvSink } from './csv-scanner.ts'
import { checkHeader, emptyTable } from './header.ts'
import { checkWidth } from './read-csv.ts'
import type { Table } from './table.ts'

export interface TableOptions {
  readonly delimiter: Delimiter
  /** The columns to read; null or left out: all. */
  readonly columns?: readonly string[] | null
}

/** For each column of the file what builds it, or null where it is not wanted. */
const buildersFor = (
  names: readonly string[],
  wanted: readonly string[] | null,
): (ColumnBuilder | null)[] => {
  checkHeader(names)
  for (const name of wanted ?? [])
    if (!names.includes(name)) throw new DeidError('unknown-column', `The file has no column "${name}".`)
  return names.map((name) => (wanted === null || wanted.includes(name) ? new ColumnBuilder(name) : null))
}

/**
 * The named columns of a CSV file as a table, in the order of the file. Cells of the others are checked and
 * not kept. Throws `bad-csv` as `readCsv` does and for a header with an empty name or a name twice,
 * `unknown-column` for a column that the file lacks, `empty-table` for a file without rows.
 */
export const tableFromCsv = async (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { delimiter, columns = null }: TableOptions,
): Promise<Table> => {
  const names: string[] = []
  let builders: (ColumnBuilder | null)[] | null = null
  let at = 0
  let rows = 0
  const sink: CsvSink = {
    cell: (bytes, start, end, line) => {
      if (builders === null) names.push(cellText(bytes, start, end, line))
      else {
        const builder = builders[at]
        if (builder) builder.addBytes(bytes, start, end, line)
        else cellText(bytes, start, end, line)
        at += 1
      }
    },
    record: (line) => {
      if (builders === null) builders = buildersFor(names, columns)
      else {
        checkWidth(at, names.length, line)
        at = 0
        rows += 1
      }
    },
  }
  const scanner = new CsvScanner(delimiter, sink)
  for await (const chunk of chunks) scanner.push(chunk)
  scanner.end()
  const built: readonly (ColumnBuilder | null)[] = builders ?? []
  if (rows === 0) throw emptyTable()
  return { rows, columns: built.flatMap((builder) => (builder === null ? [] : [builder.build()])) }
}
