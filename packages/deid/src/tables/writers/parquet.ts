import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { DeidError } from '../../shared/errors.ts'
import type { Content } from '../format/plan.ts'
import { checkNames, checkWidth, type TableRows } from './row.ts'

export type ParquetType = 'string' | 'int32' | 'double'

export interface ParquetColumn {
  readonly name: string
  readonly type: ParquetType
}

/**
 * A row group is held until it is written: this many rows, or fewer where their texts come to as many UTF-16
 * units.
 */
const GROUP_ROWS = 65_536
const GROUP_LENGTH = 33_554_432

const NUMERIC: ReadonlySet<Content> = new Set(['number', 'age', 'year'])

/**
 * Whether the number, written again, gives the same text: "007" and "1.50" say more than their number does.
 */
const isNumber = (text: string): boolean => {
  const number = Number(text)
  return Number.isFinite(number) && String(number) === text
}

/**
 * The type that holds every released value of a column without changing one: a number only where the column
 * is declared to hold numbers and each value is one as JavaScript writes it, 32-bit where all are whole and
 * fit. Text where no value was released.
 */
export const parquetTypeOf = (content: Content, values: Iterable<string | null>): ParquetType => {
  if (!NUMERIC.has(content)) return 'string'
  let type: ParquetType = 'string'
  for (const value of values) {
    if (value === null) continue
    if (!isNumber(value)) return 'string'
    if (type !== 'double') type = Number(value) === (Number(value) | 0) ? 'int32' : 'double'
  }
  return type
}

const ELEMENTS: Readonly<Record<ParquetType, Omit<SchemaElement, 'name'>>> = {
  string: {
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    logical_type: { type: 'STRING' },
    repetition_type: 'OPTIONAL',
  },
  int32: { type: 'INT32', repetition_type: 'OPTIONAL' },
  double: { type: 'DOUBLE', repetition_type: 'OPTIONAL' },
}

const cellValue = ({ name, type }: ParquetColumn, text: string | null): string | number | null => {
  if (text === null || type === 'string') return text
  const number = Number(text)
  if (!isNumber(text) || (type === 'int32' && number !== (number | 0)))
    throw new DeidError('bad-release', `A value of the column "${name}" is not of its type, ${type}.`)
  return number
}

/**
 * A released table as Parquet: dictionary-encoded where that is smaller, compressed by Snappy, null where
 * nothing was released, one row group at a time, each made when it is asked for, so that memory follows the
 * group and not the table. The same rows give the same bytes. Throws `bad-release`, also for a value that its
 * column's type does not hold (see parquetTypeOf).
 */
export async function* tableParquet(
  columns: readonly ParquetColumn[],
  rows: TableRows,
): AsyncGenerator<Uint8Array> {
  checkNames(columns.map(({ name }) => name))
  const buffer = new ByteWriter()
  const take = (): Uint8Array => {
    const bytes = buffer.getBytes().slice()
    buffer.index = 0
    return bytes
  }
  const parquet = new ParquetWriter({
    writer: buffer,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, ...ELEMENTS[type] })),
    ],
    codec: 'SNAPPY',
    // A release is in no order, so the least and greatest value of a group rule nothing out; and they would
    // be held to the end.
    statistics: false,
    createdBy: 'chartward',
  })

  let cells: (string | number | null)[][] = columns.map(() => [])
  let held = 0
  let length = 0
  const writeGroup = (): Uint8Array => {
    parquet.write({
      columnData: columns.map(({ name }, at) => ({ name, data: cells[at] ?? [] })),
      rowGroupSize: GROUP_ROWS,
    })
    cells = columns.map(() => [])
    held = 0
    length = 0
    return take()
  }

  let at = 0
  for await (const row of rows) {
    checkWidth(row, columns.length, at++)
    for (const [index, column] of columns.entries()) {
      const text = row[index] ?? null
      length += text?.length ?? 0
      cells[index]?.push(cellValue(column, text))
    }
    held++
    if (held === GROUP_ROWS || length >= GROUP_LENGTH) yield writeGroup()
  }
  if (held > 0) yield writeGroup()
  parquet.finish()
  yield take()
}
