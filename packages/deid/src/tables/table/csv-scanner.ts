import { DeidError } from '../../shared/errors.ts'
import type { Delimiter } from '../format/plan.ts'

/** Takes the cells of a CSV file as ranges of bytes, valid only during the call. Lines count from 1. */
export interface CsvSink {
  cell(bytes: Buffer, start: number, end: number, line: number): void
  /** The cells since the last record are one, which begins on that line. */
  record(line: number): void
}

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d
const BOM = Buffer.from([0xef, 0xbb, 0xbf])
/** A cell above this is no cell but a file with a quote that was never closed. */
const MAX_CELL = 64 * 1024 * 1024
const PENDING = 64 * 1024

type State = 'cell-start' | 'plain' | 'quoted' | 'quote-in-quoted' | 'carriage-return'

export const csvFault = (line: number, what: string): DeidError =>
  new DeidError('bad-csv', `Line ${line}: ${what}.`)

/**
 * RFC 4180 over chunks of bytes, cut anywhere: quotes, doubled quotes, line breaks in quotes, CRLF or LF, a
 * byte order mark dropped. A cell within one chunk is handed on where it lies; only one that is cut, or holds
 * doubled quotes, is copied. All that readers could take in two ways is refused with `bad-csv` and its line:
 * a quote inside an unquoted cell, text after a closing quote, a carriage return alone, a quote that is never
 * closed, a cell above 64 MB.
 */
export class CsvScanner {
  readonly #delimiter: number
  readonly #sink: CsvSink
  #state: State = 'cell-start'
  #bom = 0
  #line = 1
  #recordLine = 1
  #cells = 0
  #pending = Buffer.allocUnsafe(PENDING)
  #kept = 0

  constructor(delimiter: Delimiter, sink: CsvSink) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#sink = sink
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    while (this.#bom < BOM.length && from < bytes.length) {
      if (bytes[from] !== BOM[this.#bom]) {
        this.#notBom()
        break
      }
      this.#bom += 1
      from += 1
    }
    this.#scan(bytes, from)
  }

  /** The file is over: its last record needs no line break. */
  end(): void {
    if (this.#bom < BOM.length) this.#notBom()
    if (this.#state === 'quoted') throw csvFault(this.#recordLine, 'a quote is opened and never closed')
    if (this.#state === 'carriage-return') throw this.#loneCarriageReturn()
    if (this.#state === 'cell-start' && this.#cells === 0) return
    this.#emit(this.#pending, 0, 0)
    this.#endRecord()
  }

  /** What looked like the start of a byte order mark was text. */
  #notBom(): void {
    const matched = this.#bom
    this.#bom = BOM.length
    this.#scan(BOM, 0, matched)
  }

  #scan(bytes: Buffer, from: number, length = bytes.length): void {
    let at = from
    while (at < length) {
      if (this.#state === 'cell-start' && bytes[at] === QUOTE) {
        this.#state = 'quoted'
        at += 1
      }
      if (this.#state === 'cell-start' || this.#state === 'plain') at = this.#plain(bytes, at, length)
      else if (this.#state === 'quoted') at = this.#quoted(bytes, at, length)
      else if (this.#state === 'quote-in-quoted') at = this.#afterQuote(bytes, at)
      else {
        if (bytes[at] !== LF) throw this.#loneCarriageReturn()
        this.#endRecord()
        at += 1
      }
    }
  }

  #plain(bytes: Buffer, start: number, length: number): number {
    const delimiter = this.#delimiter
    let at = start
    let byte = -1
    while (at < length) {
      byte = bytes[at] ?? -1
      if (byte === delimiter || byte === LF || byte === CR || byte === QUOTE) break
      at += 1
    }
    if (at === length) {
      this.#keep(bytes, start, at)
      this.#state = 'plain'
      return at
    }
    if (byte === QUOTE) throw csvFault(this.#line, 'a quote stands inside a cell that is not quoted')
    this.#emit(bytes, start, at)
    this.#separator(byte)
    return at + 1
  }

  #quoted(bytes: Buffer, start: number, length: number): number {
    let at = start
    while (at < length && bytes[at] !== QUOTE) {
      if (bytes[at] === LF) this.#line += 1
      at += 1
    }
    if (at < length) this.#state = 'quote-in-quoted'
    // The common case, whole in this chunk and without doubled quotes, is not copied.
    const next = at + 1 < length ? (bytes[at + 1] ?? QUOTE) : QUOTE
    if (next !== QUOTE) {
      this.#emit(bytes, start, at)
      this.#endQuoted(next)
      return at + 2
    }
    this.#keep(bytes, start, at)
    return at + 1
  }

  #afterQuote(bytes: Buffer, at: number): number {
    const byte = bytes[at] ?? -1
    if (byte === QUOTE) {
      this.#keep(bytes, at, at + 1)
      this.#state = 'quoted'
    } else {
      this.#emit(bytes, at, at)
      this.#endQuoted(byte)
    }
    return at + 1
  }

  #endQuoted(byte: number): void {
    if (byte !== this.#delimiter && byte !== LF && byte !== CR)
      throw csvFault(this.#line, 'text follows the closing quote of a cell')
    this.#separator(byte)
  }

  #separator(byte: number): void {
    this.#state = byte === CR ? 'carriage-return' : 'cell-start'
    if (byte === LF) this.#endRecord()
  }

  #endRecord(): void {
    this.#sink.record(this.#recordLine)
    this.#line += 1
    this.#recordLine = this.#line
    this.#cells = 0
    this.#state = 'cell-start'
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    this.#cells += 1
    if (this.#kept > 0) {
      this.#keep(bytes, start, end)
      const { length } = this.#pending
      this.#sink.cell(this.#pending, 0, this.#kept, this.#line)
      this.#kept = 0
      // One long cell must not cost its size until the end of the file.
      if (length > 16 * PENDING) this.#pending = Buffer.allocUnsafe(PENDING)
    } else {
      if (end - start > MAX_CELL) throw this.#tooLong()
      this.#sink.cell(bytes, start, end, this.#line)
    }
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    const needed = this.#kept + end - start
    if (needed > MAX_CELL) throw this.#tooLong()
    if (needed > this.#pending.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#pending.length))
      grown.set(this.#pending.subarray(0, this.#kept))
      this.#pending = grown
    }
    this.#pending.set(bytes.subarray(start, end), this.#kept)
    this.#kept = needed
  }

  #tooLong(): DeidError {
    return csvFault(this.#recordLine, 'a cell is longer than 64 MB; a quote may never have been closed')
  }

  #loneCarriageReturn(): DeidError {
    return csvFault(this.#line, 'a carriage return stands without a line feed')
  }
}
