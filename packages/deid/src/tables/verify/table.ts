/** A column of a released file: each distinct value once, and for each row which. */
export interface ReadColumn {
  readonly name: string
  readonly values: readonly string[]
  /** The row, from 1, in which each value first stands. */
  readonly firstRows: readonly number[]
  readonly codes: Int32Array
}

/** A released file. A cell that is null or empty is ''. */
export interface ReadTable {
  readonly file: string
  readonly rows: number
  readonly columns: readonly ReadColumn[]
}

/** The column of that name; the caller has checked that there is one. */
export const readColumn = (table: ReadTable, name: string): ReadColumn | undefined =>
  table.columns.find((column) => column.name === name)

/** Collects the cells of a column, whose number need not be known before. */
export class ColumnReader {
  readonly name: string
  readonly #known = new Map<string, number>()
  readonly #firstRows: number[] = []
  #codes = new Int32Array(1024)
  #length = 0

  constructor(name: string) {
    this.name = name
  }

  add(value: string): void {
    if (this.#length === this.#codes.length) {
      const larger = new Int32Array(this.#length * 2)
      larger.set(this.#codes)
      this.#codes = larger
    }
    let code = this.#known.get(value)
    if (code === undefined) {
      code = this.#known.size
      this.#known.set(value, code)
      this.#firstRows.push(this.#length + 1)
    }
    this.#codes[this.#length++] = code
  }

  /** `as` gives the value that a written cell stands for. */
  finish(as: (cell: string) => string = (cell) => cell): ReadColumn {
    return {
      name: this.name,
      values: [...this.#known.keys()].map(as),
      firstRows: this.#firstRows,
      codes: this.#codes.subarray(0, this.#length),
    }
  }
}
