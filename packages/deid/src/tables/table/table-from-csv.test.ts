import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { columnOf, type Table } from './table.ts'
import { TableBuilder } from './table-builder.ts'
import { tableFromCsv } from './table-from-csv.ts'

const encoder = new TextEncoder()
const load = (text: string, columns: readonly string[] | null = null): Promise<Table> =>
  tableFromCsv([encoder.encode(text)], { delimiter: ';', columns })

const cellsOf = ({ rows, columns }: Table): string[][] =>
  Array.from({ length: rows }, (_, row) =>
    columns.map(({ values, codes }) => values[codes[row] ?? -1] ?? 'no such value'),
  )

describe('tables', () => {
  it('hold each distinct value once, in order of appearance, and give every cell back', async () => {
    const table = await load('a;b\nx;1\ny;1\nx;2\n')
    expect(columnOf(table, 'a')).toEqual({ name: 'a', values: ['x', 'y'], codes: Int32Array.of(0, 1, 0) })
    expect(cellsOf(table)).toEqual([
      ['x', '1'],
      ['y', '1'],
      ['x', '2'],
    ])
  })

  it('are the same from bytes and from cells, for texts of every script and length', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', '0', 'é', 'e', '😀', 'x'.repeat(70), '\uFFFD'),
      fc.stringMatching(/^[^";\r\n\uFEFF\uD800-\uDFFF]{0,4}$/),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 }), async (rows) => {
        const builder = new TableBuilder(['a', 'b'])
        for (const row of rows) builder.append(row)
        expect(await load(`a;b\n${rows.map((row) => `${row.join(';')}\n`).join('')}`)).toEqual(
          builder.build(),
        )
      }),
    )
  })

  it('tell values apart that share a slot of the cache', async () => {
    const values = Array.from({ length: 30_000 }, (_, at) => String((at * 7919) % 20_000))
    const table = await load(`a\n${values.join('\n')}\n`)
    expect(cellsOf(table).flat()).toEqual(values)
    expect(columnOf(table, 'a').values.length).toBe(20_000)
  })

  it('hold the named columns alone, and still check the cells of the others', async () => {
    expect((await load('a;b;c\n1;2;3\n', ['c', 'a'])).columns.map(({ name }) => name)).toEqual(['a', 'c'])
    await expect(
      tableFromCsv([Uint8Array.of(0x61, 0x3b, 0x62, 0x0a, 0x31, 0x3b, 0xff, 0x0a)], {
        delimiter: ';',
        columns: ['a'],
      }),
    ).rejects.toMatchObject({ code: 'bad-csv' })
  })

  it.each([
    ['a column that the file lacks', 'a;b\n1;2\n', ['a', 'zip'], 'unknown-column', '"zip"'],
    ['a name twice', 'a;b;a\n1;2;3\n', null, 'bad-csv', '"a"'],
    ['a column without a name', 'a;;c\n1;2;3\n', null, 'bad-csv', 'Column 2'],
    ['a header without rows', 'a;b\n', null, 'empty-table', 'no rows'],
    ['an empty file', '', ['a'], 'empty-table', 'no rows'],
    ['a record of another width', 'a;b\n1;2\n1;2;3\n', null, 'bad-csv', 'Line 3'],
  ])('refuse %s', async (_, text, columns, code, words) => {
    await expect(load(text, columns)).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
  })

  it('built by hand refuse the same', () => {
    expect(() => new TableBuilder(['a', 'a'])).toThrow('"a"')
    expect(() => new TableBuilder(['a']).build()).toThrow('no rows')
    expect(() => new TableBuilder(['a']).append(['1', '2'])).toThrow('2 cells')
  })
})
