import { createReadStream, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Attribute,
  bindAttribute,
  columnOf,
  hierarchyFromRows,
  readCsv,
  type Table,
  tableFromCsv,
} from '@chartward/deid/tables'

const FOLDER = new URL('../../../shared/data/adult/', import.meta.url)
const DELIMITER = ';'

/** The nine attributes in the order of the file: q9. */
export const Q9 = [
  'sex',
  'age',
  'race',
  'marital-status',
  'education',
  'native-country',
  'workclass',
  'occupation',
  'salary-class',
] as const
export type AdultColumn = (typeof Q9)[number]
export const Q8: readonly AdultColumn[] = Q9.filter((name) => name !== 'occupation')
export const Q7: readonly AdultColumn[] = Q8.filter((name) => name !== 'salary-class')

/** UCI Adult with the hierarchies that ARX uses, read where it lies. */
export interface Adult {
  readonly table: Table
  readonly hierarchyRows: ReadonlyMap<AdultColumn, readonly (readonly string[])[]>
}

const fileOf = (name: string): string => fileURLToPath(new URL(name, FOLDER))

export const readAdult = async (): Promise<Adult> => {
  if (!existsSync(FOLDER)) throw new Error('This benchmark reads ../shared/data/adult, which is not here.')
  const table = await tableFromCsv(createReadStream(fileOf('adult.csv')), { delimiter: DELIMITER })
  const hierarchyRows = new Map<AdultColumn, string[][]>()
  for (const name of Q9) {
    const rows: string[][] = []
    const file = createReadStream(fileOf(`adult_hierarchy_${name}.csv`))
    for await (const row of readCsv(file, { delimiter: DELIMITER, ragged: true })) rows.push(row)
    hierarchyRows.set(name, rows)
  }
  return { table, hierarchyRows }
}

export const attributesOf = ({ table, hierarchyRows }: Adult, names: readonly AdultColumn[]): Attribute[] =>
  names.map((name) =>
    bindAttribute(name, hierarchyFromRows(hierarchyRows.get(name) ?? []), columnOf(table, name), 1),
  )

/** One of ARX's results on this data. */
export interface ArxResult {
  readonly mode: 'global' | 'local'
  readonly qi: 'q9' | 'q8' | 'q7'
  readonly k: number
  readonly suppressionLimit?: number
  readonly ms: number
  readonly loss: number
}

export const ARX_REFERENCE = fileOf('arx-reference.json')
