import { DeidError } from '../../shared/errors.ts'
import { ColumnBuilder } from './column-builder.ts'
import { checkHeader, emptyTable } from './header.ts'
import type { Table } from './table.ts'

/** Builds a table row by row. Throws `bad-csv` for a name that is empty or stands twice. */
export class TableBuilder {
  readonly #builders: readonly ColumnBuilder[]
  #rows = 0

  constructor(names: readonly string[]) {
    checkHeader(names)
    this.#builders = names.map((name) => new ColumnBuilder(name))
  }

  /** One row, a cell for each column. Throws `bad-csv` for another number of cells. */
  append(cells: readonly string[]): void {
    if (cells.length !== this.#builders.length)
      throw new DeidError(
        'bad-csv',
        `Row ${this.#rows + 1} has ${cells.length} cells and the table ${this.#builders.length} columns.`,
      )
    for (const [at, builder] of this.#builders.entries()) builder.add(cells[at] ?? '')
    this.#rows += 1
  }

  /** Throws `empty-table` where there are no rows. */
  build(): Table {
    if (this.#rows === 0) throw emptyTable()
    return { rows: this.#rows, columns: this.#builders.map((builder) => builder.build()) }
  }
}
