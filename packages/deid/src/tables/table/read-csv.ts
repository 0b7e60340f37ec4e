import type { Delimiter } from '../format/plan.ts'
import { cachedCellText } from './csv-cell.ts'
import { CsvScanner, type CsvSink, csvFault } from './csv-scanner.ts'

export interface CsvOptions {
  readonly delimiter: Delimiter
  /**
   * Records may differ in their number of cells: whoever reads them checks it and can say more than a line
   * number.
   */
  readonly ragged?: boolean
}

/** Records are held no longer than one of these takes to be read through. */
const PIECE = 64 * 1024

/** A record must have as many cells as the first, which is the header. */
export const checkWidth = (cells: number, width: number, line: number): void => {
  if (cells !== width) throw csvFault(line, `the record has ${cells} cells and the header ${width}`)
}

/**
 * The records of a CSV file (RFC 4180), the header first, as they come. The memory it takes follows the
 * longest record. Throws `bad-csv` with the line for what `CsvScanner` refuses, for bytes that are no UTF-8
 * and, unless `ragged`, for a record with another number of cells than the header.
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { delimiter, ragged = false }: CsvOptions,
): AsyncGenerator<string[]> {
  let records: string[][] = []
  let cells: string[] = []
  let width = -1
  const cellText = cachedCellText()
  const sink: CsvSink = {
    cell: (bytes, start, end, line) => {
      cells.push(cellText(bytes, start, end, line))
    },
    record: (line) => {
      if (width < 0) width = cells.length
      if (!ragged) checkWidth(cells.length, width, line)
      records.push(cells)
      cells = []
    },
  }
  const scanner = new CsvScanner(delimiter, sink)
  for await (const chunk of chunks)
    for (let from = 0; from < chunk.length; from += PIECE) {
      scanner.push(chunk.subarray(from, from + PIECE))
      yield* records
      records = []
    }
  scanner.end()
  yield* records
}
