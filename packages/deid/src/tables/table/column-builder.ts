import { cellText, SLOTS, sameText, slotOf } from './csv-cell.ts'
import type { Column } from './table.ts'

/** Builds one dictionary-coded column, cell by cell. */
export class ColumnBuilder {
  readonly #name: string
  readonly #values: string[] = []
  readonly #index = new Map<string, number>()
  /**
   * By a hash of the bytes, code + 1 of a value seen there last. A cache: values that collide are only
   * slower.
   */
  readonly #recent = new Int32Array(SLOTS)
  #codes = new Int32Array(1024)
  #rows = 0

  constructor(name: string) {
    this.#name = name
  }

  add(value: string): void {
    this.#push(this.#codeOf(value))
  }

  /**
   * The same, without making a string for a value that was seen lately. Throws `bad-csv` for bytes that are
   * no UTF-8.
   */
  addBytes(bytes: Buffer, start: number, end: number, line: number): void {
    const slot = slotOf(bytes, start, end)
    const cached = (this.#recent[slot] ?? 0) - 1
    if (cached >= 0 && sameText(this.#values[cached] ?? '', bytes, start, end)) this.#push(cached)
    else {
      const code = this.#codeOf(cellText(bytes, start, end, line))
      this.#recent[slot] = code + 1
      this.#push(code)
    }
  }

  build(): Column {
    return { name: this.#name, values: this.#values, codes: this.#codes.slice(0, this.#rows) }
  }

  #codeOf(value: string): number {
    const known = this.#index.get(value)
    if (known !== undefined) return known
    const code = this.#values.length
    this.#index.set(value, code)
    this.#values.push(value)
    return code
  }

  #push(code: number): void {
    if (this.#rows === this.#codes.length) {
      const grown = new Int32Array(2 * this.#codes.length)
      grown.set(this.#codes)
      this.#codes = grown
    }
    this.#codes[this.#rows] = code
    this.#rows += 1
  }
}
