import { csvCell } from '../../shared/csv-line.ts'
import { checkNames, checkWidth, type TableRow, type TableRows } from './row.ts'

/** UTF-16 units of a chunk, about: large enough that writing one costs little, small enough to hold many. */
const CHUNK_LENGTH = 65_536
/**
 * Released values repeat, and looking one up costs a fraction of writing it again. Long texts are not kept,
 * nor every id.
 */
const KEPT_CELLS = 65_536
const KEPT_LENGTH = 64

const cellWriter = (): ((cell: string | null) => string) => {
  const kept = new Map<string, string>()
  return (cell) => {
    if (cell === null) return ''
    const known = kept.get(cell)
    if (known !== undefined) return known
    const written = csvCell(cell)
    if (cell.length <= KEPT_LENGTH && kept.size < KEPT_CELLS) kept.set(cell, written)
    return written
  }
}

const lineOf = (row: TableRow, cellOf: (cell: string | null) => string): string => {
  let line = ''
  for (let at = 0; at < row.length; at++)
    line += at === 0 ? cellOf(row[0] ?? null) : `,${cellOf(row[at] ?? null)}`
  // Many readers pass over an empty line: the one cell of a table with one column is quoted, so that its row
  // stays a row.
  return line === '' ? '""\r\n' : `${line}\r\n`
}

/**
 * A released table as CSV (RFC 4180: header line, CRLF, UTF-8 without a byte order mark), in chunks of whole
 * lines, each made when it is asked for. Null and the empty text are both written as an empty cell. Cells are
 * safe to open in a spreadsheet (see csvCell) as long as it is told that commas separate them. Throws
 * `bad-release`.
 */
export async function* tableCsv(columns: readonly string[], rows: TableRows): AsyncGenerator<string> {
  checkNames(columns)
  const cellOf = cellWriter()
  let chunk = lineOf(columns, cellOf)
  let at = 0
  for await (const row of rows) {
    checkWidth(row, columns.length, at++)
    chunk += lineOf(row, cellOf)
    if (chunk.length >= CHUNK_LENGTH) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk !== '') yield chunk
}
