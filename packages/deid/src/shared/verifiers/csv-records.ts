/** Characters of one cell. */
const CELL_LIMIT = 64 * 1024 * 1024

export interface CsvSink {
  /** A record's cells, in order. The list is the reader's own and changes after the call. */
  record(cells: readonly string[]): void
  /** The first fault, at the record counted from 0 (the header). Nothing is read after it. */
  fault(record: number, what: string): void
}

export interface CsvReader {
  push(text: string): void
  end(): void
}

const QUOTE = 0x22
const COMMA = 0x2c
const CR = 0x0d
const LF = 0x0a

/**
 * Reads CSV as RFC 4180 has it and no other way: commas, CRLF after each record (after the last one, where
 * that is `optional`, or not), quotes only around a whole cell and doubled within one. Takes the text in
 * pieces of any length, in time linear in it.
 */
export const csvReader = (
  sink: CsvSink,
  { lastLineEnd = 'required' }: { readonly lastLineEnd?: 'required' | 'optional' } = {},
): CsvReader => {
  let state: 'start' | 'plain' | 'quoted' | 'closing' | 'return' | 'failed' = 'start'
  let cells: string[] = []
  let cell = ''
  let records = 0

  const fail = (what: string): void => {
    state = 'failed'
    sink.fault(records, what)
  }
  const keep = (part: string): void => {
    cell += part
    if (cell.length > CELL_LIMIT) fail('a cell is longer than 64 Mi characters')
  }
  const endCell = (): void => {
    cells.push(cell)
    cell = ''
    state = 'start'
  }
  const endRecord = (): void => {
    sink.record(cells)
    cells = []
    records++
    state = 'start'
  }
  /** After a cell's last character. */
  const afterCell = (unit: number, otherwise: string): void => {
    if (unit === COMMA) endCell()
    else if (unit === CR) {
      endCell()
      state = 'return'
    } else fail(otherwise)
  }
  const plain = (text: string, from: number): number => {
    let at = from
    while (at < text.length) {
      const unit = text.charCodeAt(at)
      if (unit === COMMA || unit === CR || unit === LF || unit === QUOTE) break
      at++
    }
    keep(text.slice(from, at))
    return at
  }

  return {
    push: (text) => {
      let at = 0
      while (at < text.length && state !== 'failed') {
        const unit = text.charCodeAt(at)
        if (state === 'start' && unit === QUOTE) {
          state = 'quoted'
          at++
        } else if (state === 'start' || state === 'plain') {
          state = 'plain'
          at = plain(text, at)
          if (at < text.length && state === 'plain') {
            const after = text.charCodeAt(at++)
            afterCell(
              after,
              after === QUOTE
                ? 'a quote stands within an unquoted cell'
                : 'a line ends without a carriage return',
            )
          }
        } else if (state === 'quoted') {
          const close = text.indexOf('"', at)
          keep(text.slice(at, close < 0 ? undefined : close))
          if (close < 0) return
          if (state === 'quoted') state = 'closing'
          at = close + 1
        } else if (state === 'closing' && unit === QUOTE) {
          keep('"')
          if (state === 'closing') state = 'quoted'
          at++
        } else if (state === 'closing') {
          afterCell(unit, 'something follows a closing quote')
          at++
        } else if (unit === LF) {
          endRecord()
          at++
        } else fail('a carriage return stands outside of quotes and ends no line')
      }
    },
    end: () => {
      if (state === 'failed') return
      if (state === 'quoted') fail('the file ends within quotes')
      else if (state === 'start' && cells.length === 0) return
      else if (state === 'return' || lastLineEnd === 'required') fail('the file ends within a line')
      else {
        endCell()
        endRecord()
      }
    },
  }
}
