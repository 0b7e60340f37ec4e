import { describe, expect, it } from 'vitest'
import { fc } from '../testing/property.ts'
import { csvReader } from './csv-records.ts'

const read = (pieces: readonly string[], options?: Parameters<typeof csvReader>[1]) => {
  const records: (readonly string[])[] = []
  const faults: number[] = []
  const reader = csvReader(
    {
      record: (cells) => records.push(cells),
      fault: (record) => faults.push(record),
    },
    options,
  )
  for (const piece of pieces) reader.push(piece)
  reader.end()
  return { records, faults }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`

describe('the reader of CSV', () => {
  it('gives back every cell, however it was quoted and wherever the text is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', '🩺', "'"), maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (rows, length) => {
          const plain = (text: string) => (/[",\r\n]/.test(text) ? quoted(text) : text)
          for (const write of [quoted, plain]) {
            const text = rows.map((row) => `${row.map(write).join(',')}\r\n`).join('')
            const pieces = Array.from({ length: Math.ceil(text.length / length) }, (_, at) =>
              text.slice(at * length, (at + 1) * length),
            )
            expect(read(pieces)).toEqual({ records: rows, faults: [] })
          }
        },
      ),
    )
  })

  it.each([
    ['a line end without a carriage return', 'a,b\n'],
    ['a carriage return alone', 'a\rb\r\n'],
    ['a quote within a cell', 'a"b\r\n'],
    ['text after a closing quote', '"a"b\r\n'],
    ['quotes that nothing closes', '"a\r\n'],
    ['a last line without an end', 'a\r\nb'],
    ['a last cell that is empty and has no line end', 'a,'],
    ['a carriage return at the end', 'a\r'],
  ])('refuses %s', (_, text) => {
    expect(read([text]).faults).toHaveLength(1)
    expect(read([...text]).faults).toHaveLength(1)
  })

  it.each([
    ['a\r\nb', [['a'], ['b']]],
    ['a,"b"', [['a', 'b']]],
    ['a,', [['a', '']]],
    ['a\r\n', [['a']]],
    ['', []],
  ])('reads the last line of %j without its end where that may be missing', (text, records) => {
    for (const pieces of [[text], [...text]])
      expect(read(pieces, { lastLineEnd: 'optional' })).toEqual({ records, faults: [] })
  })

  it.each(['a\r', '"a'])('%j ends nowhere, also where the last line may have no end', (text) => {
    expect(read([text], { lastLineEnd: 'optional' }).faults).toHaveLength(1)
  })

  it('refuses a cell of more than 64 Mi characters before it holds much more', () => {
    const { records, faults } = read(['a\r\n"', ...Array.from({ length: 66 }, () => 'x'.repeat(1 << 20))])
    expect({ records, faults }).toEqual({ records: [['a']], faults: [1] })
  })
})
