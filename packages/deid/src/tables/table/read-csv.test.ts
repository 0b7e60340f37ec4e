import { describe, expect, it } from 'vitest'
import { csvLine } from '../../shared/csv-line.ts'
import { DeidError } from '../../shared/errors.ts'
import { fc } from '../../shared/testing/property.ts'
import { readCsv } from './read-csv.ts'

const encoder = new TextEncoder()

/** The bytes cut after every `size`th. */
const cut = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )

const recordsOf = async (chunks: Iterable<Uint8Array>, ragged = false): Promise<string[][]> => {
  const records: string[][] = []
  for await (const record of readCsv(chunks, { delimiter: ',', ragged })) records.push(record)
  return records
}

const read = (text: string | Uint8Array, size = 1 << 20, ragged = false): Promise<string[][]> =>
  recordsOf(cut(typeof text === 'string' ? encoder.encode(text) : text, size), ragged)

const fault = async (text: string | Uint8Array): Promise<string> => {
  const error = await read(text).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(DeidError)
  expect(error).toMatchObject({ code: 'bad-csv' })
  return error instanceof DeidError ? error.message : ''
}

describe('reading CSV', () => {
  it('reads back every cell that can be quoted, wherever the bytes are cut', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(
        '',
        '"',
        '""',
        ',',
        '\r\n',
        '\n',
        '\r',
        '😀',
        'שלום',
        'é,"ü"\n',
        '\uFEFF',
        '\uFFFD',
        ' a ',
      ),
    )
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      )
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, end) => {
          const text = rows.map((row) => row.map(quoted).join(',') + end).join('')
          expect(await read(text, size)).toEqual(rows)
        },
      ),
    )
  })

  it('reads what the writer of this package writes, but for the apostrophe that disarms a formula', async () => {
    const rows = [
      ['a', 'b'],
      ['-1.5', 'x"y'],
      ['two\r\nlines', 'שלום, עולם'],
      ['=1+1', ' padded '],
    ]
    expect(await read(rows.map(csvLine).join(''), 3)).toEqual([...rows.slice(0, 3), [`'=1+1`, ' padded ']])
  })

  it('takes LF and CRLF, a last line without a break, and empty cells at every place', async () => {
    expect(await read('a,b\n1,\r\n,2\n,')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['', '2'],
      ['', ''],
    ])
    expect(await read('a\n""\n')).toEqual([['a'], ['']])
    expect(await read('')).toEqual([])
  })

  it('drops a byte order mark at the start and nowhere else, and not half of one', async () => {
    for (const size of [1, 2, 3, 100]) {
      expect(await read('\uFEFF"a",b\n\uFEFF1,2\n', size)).toEqual([
        ['a', 'b'],
        ['\uFEFF1', '2'],
      ])
      // U+FEC0 begins with the first two bytes of the mark but for the last.
      expect(await read('\uFEC0\n', size)).toEqual([['\uFEC0']])
    }
    expect(await fault(Uint8Array.of(0xef, 0xbb))).toContain('UTF-8')
  })

  it('reads a cell of 10 MB, with quotes in it, in whatever chunks it comes', async () => {
    const text = `${'x'.repeat(99)}"`.repeat(100_000)
    const rows = await read(`a,b\n1,"${text.replaceAll('"', '""')}"\n2,${'y'.repeat(10_000_000)}\n`, 65_536)
    expect(rows[1]?.[1] === text).toBe(true)
    expect(rows[2]?.[1]?.length).toBe(10_000_000)
  })

  it('refuses a cell above 64 MB instead of holding whatever comes', async () => {
    const chunk = encoder.encode('x'.repeat(1 << 20))
    for (const start of ['a\n"', 'a\n']) {
      function* endless(): Generator<Uint8Array> {
        yield encoder.encode(start)
        for (;;) yield chunk
      }
      await expect(recordsOf(endless())).rejects.toMatchObject({
        code: 'bad-csv',
        message: expect.stringContaining('Line 2'),
      })
    }
  })

  it.each([
    ['a quote inside an unquoted cell', 'a\n1\nx"y\n', 'Line 3'],
    ['text after a closing quote', 'a\n"x"y\n', 'Line 2'],
    ['a quote that is never closed', 'a\n1\n"x\ny\n', 'Line 3'],
    ['a carriage return alone', 'a\nx\ry\n', 'Line 2'],
    ['a carriage return alone at the end', 'a\nx\r', 'Line 2'],
    ['a record with a cell too many', 'a,b\n"x\ny",1\n1,2,3\n', 'Line 4'],
    ['a record with a cell too few', 'a,b\n1,2\n1\n', 'Line 3'],
    ['an empty line among records of two cells', 'a,b\n\n1,2\n', 'Line 2'],
  ])('refuses %s and says on which line', async (_, text, line) => {
    expect(await fault(text)).toContain(line)
  })

  it('refuses bytes that are no UTF-8, cut ones too, and lets the replacement character itself pass', async () => {
    expect(await fault(Uint8Array.of(0x61, 0x0a, 0x62, 0xff, 0x0a))).toBe('Line 2: a cell is not UTF-8.')
    expect(await fault(Uint8Array.of(0x61, 0x0a, 0xc3, 0x2c, 0x0a))).toContain('UTF-8')
    expect(await fault(Uint8Array.of(0x61, 0x0a, 0x22, 0xed, 0xa0, 0x80, 0x22))).toContain('UTF-8')
    expect(await read('a\n\uFFFD\n')).toEqual([['a'], ['\uFFFD']])
  })

  it('leaves the width to the reader where records may be ragged', async () => {
    expect(await read('a;b,c\n1\n', 2, true)).toEqual([['a;b', 'c'], ['1']])
  })
})
