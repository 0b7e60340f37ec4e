import { DeidError } from '../../shared/errors.ts'

/**
 * A dictionary-coded column: each distinct value once, in order of first appearance, and for each row the
 * index of its value.
 */
export interface Column {
  readonly name: string
  readonly values: readonly string[]
  /** One code per row: an index into `values`. */
  readonly codes: Int32Array
}

/** A table by columns. Every column has `rows` codes. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** The column of that name. Throws `unknown-column`. */
export const columnOf = (table: Table, name: string): Column => {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column === undefined) throw new DeidError('unknown-column', `The table has no column "${name}".`)
  return column
}
