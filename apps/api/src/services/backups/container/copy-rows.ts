import { BackupError } from '../errors.ts'

/** Signature, flags and the length of the header's extension (documentation of COPY, "Binary Format"). */
const HEADER = 19
const END_OF_ROWS = -1
const NULL = -1

/** A row's values as they are in the binary format, null for NULL. */
export type CopyRow = readonly (Buffer | null)[]

/**
 * Walks through binary COPY data as it comes, in pieces of any length: counts its rows, shows each to `onRow`
 * where that is given, and throws BackupError for what is no such data, or not all of it.
 */
export class CopyWalk {
  readonly #columns: number
  readonly #onRow: ((row: CopyRow) => void) | null
  #rest: Buffer = Buffer.alloc(0)
  #begun = false
  #ended = false
  rows = 0

  constructor(columns: number, onRow: ((row: CopyRow) => void) | null = null) {
    this.#columns = columns
    this.#onRow = onRow
  }

  add(given: Buffer): void {
    const bytes = this.#rest.length === 0 ? given : Buffer.concat([this.#rest, given])
    let at = 0
    if (!this.#begun) {
      if (bytes.length < HEADER) {
        this.#rest = bytes
        return
      }
      if (bytes.toString('latin1', 0, 11) !== 'PGCOPY\n\xff\r\n\0') throw malformed()
      at = HEADER
      this.#begun = true
    }
    while (at < bytes.length) {
      const end = this.#row(bytes, at)
      if (end === null) break
      at = end
    }
    this.#rest = bytes.subarray(at)
  }

  /** Throws where the rows did not come to their end. */
  end(): void {
    if (!this.#ended || this.#rest.length > 0) throw malformed()
  }

  /** Where the row at `at` ends; null where it is not all there yet. */
  #row(bytes: Buffer, from: number): number | null {
    if (this.#ended) throw malformed()
    if (bytes.length - from < 2) return null
    const fields = bytes.readInt16BE(from)
    let at = from + 2
    if (fields === END_OF_ROWS) {
      this.#ended = true
      return at
    }
    if (fields !== this.#columns) throw malformed()
    const values: (Buffer | null)[] | null = this.#onRow === null ? null : []
    for (let i = 0; i < fields; i++) {
      if (bytes.length - at < 4) return null
      const length = bytes.readInt32BE(at)
      at += 4
      if (length < NULL) throw malformed()
      if (length === NULL) {
        values?.push(null)
        continue
      }
      if (bytes.length - at < length) return null
      values?.push(bytes.subarray(at, at + length))
      at += length
    }
    this.rows++
    if (values !== null) this.#onRow?.(values)
    return at
  }
}

const malformed = () =>
  new BackupError('content', 'The backup holds rows that are not whole: make it again, and restore that one.')
