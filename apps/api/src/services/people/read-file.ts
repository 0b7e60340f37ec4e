import { MOST_PEOPLE, type PeopleColumn, peopleColumn } from '@chartward/contract'
import { DeidError } from '@chartward/deid'
import { CsvScanner } from '@chartward/deid/tables'
import { ChartwardError } from '../../core/errors.ts'

/** One line of a file: its cells by column, trimmed, or the fewer or more that it has. */
export interface FileLine {
  readonly line: number
  readonly cells: ReadonlyMap<PeopleColumn, string> | null
  /** How many cells it has. */
  readonly width: number
}

/** More is in no cell: the longest is a list of roles. */
const MOST_BYTES = 2_000

const unreadable = (says: string, cause?: unknown): ChartwardError =>
  new ChartwardError('INVALID_INPUT', says, { field: 'file', cause })

/**
 * Reads a file of people: RFC 4180 with commas, a byte order mark or none, in UTF-8 and nothing else, its
 * first record naming each column once, in any order. A cell is data whatever it looks like. Throws
 * INVALID_INPUT with the line for what can't be read for certain. A line with too few or too many cells is
 * given as it is: the others can be.
 */
export const readPeopleFile = (bytes: Uint8Array): FileLine[] => {
  const records: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const scanner = new CsvScanner(',', {
    cell: (buffer, start, end, line) => {
      if (end - start > MOST_BYTES)
        throw unreadable(`Line ${line}: a cell has more than ${MOST_BYTES} bytes. Is a quote missing?`)
      if (buffer.subarray(start, end).includes(0))
        throw unreadable(
          `Line ${line}: a cell has a character that is none (NUL). Save the file as CSV in UTF-8.`,
        )
      try {
        cells.push(decoder.decode(buffer.subarray(start, end)).trim())
      } catch (cause) {
        throw unreadable(`Line ${line}: this is not UTF-8. Save the file as CSV in UTF-8.`, cause)
      }
    },
    record: (line) => {
      // A line without anything is none: spreadsheets leave some at the end.
      if (cells.length > 1 || cells[0] !== '') records.push({ line, cells })
      cells = []
      if (records.length > MOST_PEOPLE + 1)
        throw unreadable(`The file has more than ${MOST_PEOPLE} lines. Send it in parts.`)
    },
  })
  try {
    scanner.push(bytes)
    scanner.end()
  } catch (error) {
    if (!(error instanceof DeidError)) throw error
    throw unreadable(error.message, error)
  }
  const [header, ...lines] = records
  const columns = columnsOf(header?.cells ?? [])
  if (lines.length === 0) throw unreadable('The file has a header and no line after it.')
  return lines.map(({ line, cells: own }) => ({
    line,
    width: own.length,
    cells:
      own.length === columns.length ? new Map(columns.map((column, at) => [column, own[at] ?? ''])) : null,
  }))
}

/** The columns in the file's order: each of the seven once, and no other. */
const columnsOf = (header: readonly string[]): PeopleColumn[] => {
  const columns = header.map((cell, at) => {
    const column = peopleColumn.safeParse(cell.toLowerCase()).data
    if (column !== undefined) return column
    throw unreadable(
      `Line 1: column ${at + 1} is none of ${peopleColumn.options.join(', ')}. Name each of them once.`,
    )
  })
  for (const column of peopleColumn.options) {
    const times = columns.filter((one) => one === column).length
    if (times !== 1)
      throw unreadable(`Line 1: the column ${column} ${times === 0 ? 'is missing' : 'stands there twice'}.`)
  }
  return columns
}
