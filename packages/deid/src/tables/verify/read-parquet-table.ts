import { type FileMetaData, parquetMetadata, parquetScan } from 'hyparquet'
import type { Findings } from './finding.ts'
import { ColumnReader, type ReadTable } from './table.ts'

/** A cell as the text that it was written from; null for what no cell of a release is. */
const textOf = (cell: unknown): string | null => {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  return (typeof cell === 'number' && Number.isFinite(cell)) || typeof cell === 'bigint' ? String(cell) : null
}

/** The names of the columns, or null where the schema is not one of plain columns. */
const columnNames = ({ schema }: FileMetaData): readonly string[] | null => {
  const [root, ...columns] = schema
  const plain = columns.every(
    ({ num_children: children, repetition_type: repetition, type }) =>
      (children ?? 0) === 0 && repetition !== 'REPEATED' && type !== undefined,
  )
  return plain && root?.num_children === columns.length ? columns.map(({ name }) => name) : null
}

/** Every text of the file's own description: names, notes, statistics. A value may hide there. */
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (value instanceof Uint8Array) return [new TextDecoder().decode(value)]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/**
 * Reads data.parquet, and the texts of its metadata. Null, with a finding, where it can't be read as a plain
 * table of `rows` rows.
 */
export const readParquetTable = async (
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  rows: number,
  findings: Findings,
): Promise<{ readonly table: ReadTable; readonly texts: readonly string[] } | null> => {
  const bad = (what: string): null => {
    findings.add('bad-parquet', { file }, what)
    return null
  }
  try {
    const buffer = bytes.buffer
    const metadata = parquetMetadata(buffer)
    const names = columnNames(metadata)
    if (names === null) return bad('The schema is not one of plain columns.')
    // Before anything is read: what a file claims of itself can be large without end.
    const groupRows = metadata.row_groups.map((group) => Number(group.num_rows))
    const claimed = Number(metadata.num_rows)
    if (claimed !== rows || groupRows.reduce((sum, count) => sum + count, 0) !== rows)
      return bad(`The file says that it has ${claimed} rows, the manifest ${rows}.`)
    if (new Set(names).size !== names.length) return bad('Two columns have one name.')
    const readers = names.map((name) => new ColumnReader(name))
    let start = 0
    for (const count of groupRows) {
      // A scan keeps what it last read of each column: one for each row group.
      const scan = await parquetScan({ file: buffer, metadata, useOffsetIndex: false })
      for (const reader of readers) {
        const range = { column: reader.name, rowStart: start, rowEnd: start + count }
        const cells = await scan.readColumn(range)
        if (cells.length !== count)
          return bad(`A row group has ${cells.length} cells in a column and says it has ${count} rows.`)
        for (const cell of cells) {
          const text = textOf(cell)
          if (text === null) return bad('A cell is neither text nor a finite number.')
          reader.add(text)
        }
      }
      start += count
    }
    const table = { file, rows, columns: readers.map((reader) => reader.finish()) }
    return { table, texts: textsOf(metadata) }
  } catch {
    // The library's messages may quote what it read.
    return bad('The file cannot be read as Parquet.')
  }
}
