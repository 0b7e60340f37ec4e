import { DeidError } from '../../shared/errors.ts'

/** The cells of one released row, in the order of the columns. Null where nothing was released. */
export type TableRow = readonly (string | null)[]

export type TableRows = Iterable<TableRow> | AsyncIterable<TableRow>

/**
 * Throws `bad-release` for names under which cells could not be told apart: none at all, or one name twice.
 */
export const checkNames = (names: readonly string[]): void => {
  if (names.length === 0) throw new DeidError('bad-release', 'A release needs a column.')
  const repeated = names.find((name, at) => names.indexOf(name) !== at)
  if (repeated !== undefined)
    throw new DeidError('bad-release', `Two columns of the release have the name "${repeated}".`)
}

/**
 * Throws `bad-release` for a row of another width: its cells would stand under the wrong names. `at` counts
 * from 0.
 */
export const checkWidth = (row: TableRow, width: number, at: number): void => {
  if (row.length !== width)
    throw new DeidError(
      'bad-release',
      `Row ${at + 1} has ${row.length} cells, the release has ${width} columns.`,
    )
}
