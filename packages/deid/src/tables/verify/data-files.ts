import type { CanaryWatch } from './canaries.ts'
import { readThrough, readWhole } from './folder.ts'
import { csvTableReader } from './read-csv-table.ts'
import { readParquetTable } from './read-parquet-table.ts'
import { CSV, checkFacts, has, PARQUET, type Release } from './release.ts'
import { checkSameCells } from './same-cells.ts'
import type { ReadTable } from './table.ts'

/** Parquet is read from its end, so it is held whole. */
const PARQUET_LIMIT = 2 ** 31 - 1

const readCsv = async (release: Release): Promise<ReadTable | null> => {
  if (!has(release, CSV)) return null
  const reader = csvTableReader(CSV, release.findings)
  const facts = await readThrough(release.folder, CSV, release.findings, reader.push)
  if (facts !== null) checkFacts(release, CSV, facts)
  return facts === null ? null : reader.end()
}

const readParquet = async (release: Release): Promise<ReadTable | null> => {
  const { folder, findings, watch, manifest } = release
  if (!has(release, PARQUET)) return null
  const read = await readWhole(folder, PARQUET, findings, PARQUET_LIMIT)
  if (read === null) return null
  checkFacts(release, PARQUET, read.facts)
  if (read.bytes === null) return null
  watch.lookInBytes(read.bytes, { file: PARQUET })
  const parquet = await readParquetTable(PARQUET, read.bytes, manifest.released.rows, findings)
  for (const text of parquet?.texts ?? []) watch.look(text, { file: PARQUET })
  return parquet?.table ?? null
}

const lookThroughTable = (table: ReadTable, watch: CanaryWatch): void => {
  for (const { name, values, firstRows } of table.columns) {
    watch.look(name, { file: table.file })
    values.forEach((value, code) => {
      watch.look(value, { file: table.file, column: name, row: firstRows[code] ?? 0 })
    })
  }
}

/** The columns of the file are those of the manifest, in its order. */
const checkHeader = ({ manifest, findings }: Release, table: ReadTable): boolean => {
  const names = table.columns.map(({ name }) => name)
  const { columns } = manifest.plan
  for (const name of names) {
    if (manifest.columns.some((column) => column.name === name)) continue
    const planned = Object.hasOwn(columns, name) ? columns[name] : undefined
    // A name that the plan does not know may itself be a value.
    if (planned === undefined)
      findings.add('unplanned-column', { file: table.file }, 'A column that the plan does not name.')
    else if (planned.transform.kind === 'redact')
      findings.add('redacted-column', { file: table.file, column: name }, 'The plan leaves it out.')
  }
  const agrees = JSON.stringify(names) === JSON.stringify(manifest.columns.map(({ name }) => name))
  if (!agrees)
    findings.add(
      'wrong-columns',
      { file: table.file },
      'The columns or their order are not those of the manifest.',
    )
  return agrees
}

/**
 * Reads the data of the release from every file that holds it. Null where no file could be read as the table
 * that the manifest describes.
 */
export const readData = async (release: Release): Promise<ReadTable | null> => {
  const csv = await readCsv(release)
  const parquet = await readParquet(release)
  for (const table of [csv, parquet]) if (table !== null) lookThroughTable(table, release.watch)
  if (csv !== null && parquet !== null) checkSameCells(csv, parquet, release.findings)
  const agreeing = [csv, parquet].filter((table) => table !== null && checkHeader(release, table))
  return agreeing[0] ?? null
}
