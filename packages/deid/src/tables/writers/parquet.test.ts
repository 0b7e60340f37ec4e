import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { type ParquetColumn, parquetTypeOf, tableParquet } from './parquet.ts'
import type { TableRow, TableRows } from './row.ts'

const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> => {
  const held: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of chunks) held.push(new Uint8Array(chunk))
  return new Blob(held).arrayBuffer()
}

const columnsOf = (...names: readonly string[]): ParquetColumn[] =>
  names.map((name) => ({ name, type: 'string' }))

const roundTrip = async (columns: readonly ParquetColumn[], rows: TableRows): Promise<unknown[][]> => {
  const file = await bytesOf(tableParquet(columns, rows))
  const objects = await parquetReadObjects({ file })
  return objects.map((object) => columns.map(({ name }) => object[name]))
}

describe('the Parquet file of a table', () => {
  it('holds texts, whole numbers, fractions and nulls as they are', async () => {
    const columns: ParquetColumn[] = [
      { name: 'sex', type: 'string' },
      { name: 'age.years', type: 'int32' },
      { name: 'weight "kg"', type: 'double' },
    ]
    const rows = [
      ['F', '39', '70.25'],
      ['', '-2147483648', '-1e-7'],
      [null, null, null],
      ['👩🏽‍⚕️ مرحبا\r\n"=1+1"', '0', '1e+21'],
    ]
    expect(await roundTrip(columns, rows)).toEqual([
      ['F', 39, 70.25],
      ['', -2147483648, -1e-7],
      [null, null, null],
      ['👩🏽‍⚕️ مرحبا\r\n"=1+1"', 0, 1e21],
    ])
  })

  it('without rows has its columns and their types', async () => {
    const file = await bytesOf(tableParquet([...columnsOf('a'), { name: 'n', type: 'int32' }], []))
    expect(await parquetReadObjects({ file })).toEqual([])
    expect(parquetMetadata(file).schema).toMatchObject([
      { num_children: 2 },
      { name: 'a', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'n', type: 'INT32', repetition_type: 'OPTIONAL' },
    ])
  })

  it.each([
    ['of nulls alone', [[null], [null]]],
    ['of one value', Array.from({ length: 100 }, () => ['same'])],
    ['of one empty text', [['']]],
    ['of values that are all different', Array.from({ length: 3000 }, (_, at) => [`value ${at * 7919}`])],
  ])('a column %s is read back', async (_, rows: TableRow[]) => {
    expect(await roundTrip(columnsOf('a'), rows)).toEqual(rows)
  })

  it('more rows than a group holds are read back in order, from groups of at most 65,536 rows', async () => {
    const rows = Array.from({ length: 150_000 }, (_, at) => [`v${at % 97}`, String(at)])
    const file = await bytesOf(tableParquet([...columnsOf('a'), { name: 'n', type: 'int32' }], rows))
    const groups = parquetMetadata(file).row_groups
    expect(groups.map(({ num_rows }) => Number(num_rows))).toEqual([65_536, 65_536, 18_928])
    expect(groups[0]?.columns[0]?.meta_data?.encodings).toContain('RLE_DICTIONARY')
    const read = await parquetReadObjects({ file })
    expect(read.map(({ a, n }) => [a, String(n)])).toEqual(rows)
  })

  it('long cells end a group early, so that memory stays bounded', async () => {
    const cell = 'é"\n'.repeat(3_500_000)
    const file = await bytesOf(
      tableParquet(
        columnsOf('a'),
        Array.from({ length: 8 }, () => [cell]),
      ),
    )
    expect(parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([4, 4])
    const read = await parquetReadObjects({ file })
    expect(read.every(({ a }) => a === cell)).toBe(true)
  })

  it('reads no row of the next group before it is asked for more', async () => {
    let read = 0
    function* rows() {
      for (; read < 200_000; read++) yield ['x']
    }
    const chunks = tableParquet(columnsOf('a'), rows())
    await chunks.next()
    expect(read).toBeLessThanOrEqual(65_536)
    await chunks.return(undefined)
  })

  it('the same rows give the same bytes', async () => {
    const rows = Array.from({ length: 2000 }, (_, at) => [
      `v${at % 13}`,
      at % 5 === 0 ? null : String(at / 4),
    ])
    const columns: ParquetColumn[] = [...columnsOf('a'), { name: 'n', type: 'double' }]
    expect(await bytesOf(tableParquet(columns, rows))).toEqual(await bytesOf(tableParquet(columns, rows)))
  })

  it('property: any table of texts is read back', async () => {
    const cell = fc.option(fc.string({ unit: 'grapheme', maxLength: 6 }))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 40 }), async (rows) => {
        expect(await roundTrip(columnsOf('a', 'b'), rows)).toEqual(rows)
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    ['no column', [], []],
    ['two columns of one name', columnsOf('a', 'a'), []],
    ['a row of another width', columnsOf('a', 'b'), [['1']]],
    ['a text in a column of numbers', [{ name: 'n', type: 'double' } as const], [['1'], ['Rosalind']]],
    ['a fraction in a column of whole numbers', [{ name: 'n', type: 'int32' } as const], [['1.5']]],
  ])(
    '%s is refused, and the refusal holds no cell',
    async (_, columns: ParquetColumn[], rows: TableRow[]) => {
      const refusal = await bytesOf(tableParquet(columns, rows)).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ code: 'bad-release' })
      expect(String(refusal)).not.toMatch(/Rosalind|1\.5/)
    },
  )
})

describe('the type of a column', () => {
  it.each([
    ['number', ['1', '-5', null], 'int32'],
    ['age', ['0', '2147483647'], 'int32'],
    ['number', ['1', '2147483648'], 'double'],
    ['number', ['1', '0.5'], 'double'],
    ['number', ['-1e-7', '1e+21'], 'double'],
    ['number', ['1', '> 89'], 'string'],
    ['number', ['1', '007'], 'string'],
    ['number', ['1.50'], 'string'],
    ['number', ['-0'], 'string'],
    ['number', ['Infinity'], 'string'],
    ['number', ['NaN'], 'string'],
    ['number', [''], 'string'],
    ['number', [' 1'], 'string'],
    ['number', ['9007199254740993'], 'string'],
    ['number', [null], 'string'],
    ['zip', ['10001'], 'string'],
    ['code', ['1'], 'string'],
  ] as const)('%s %j: %s', (content, values, type) => {
    expect(parquetTypeOf(content, values)).toBe(type)
  })
})
