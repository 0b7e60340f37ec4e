import { createReadStream, existsSync } from 'node:fs'
import { bindAttribute } from '../../hierarchy/bind.ts'
import { hierarchyFromRows } from '../../hierarchy/from-rows.ts'
import type { Attribute } from '../../hierarchy/hierarchy.ts'
import type { Problem } from '../../problem.ts'
import { readCsv } from '../../table/read-csv.ts'
import { columnOf } from '../../table/table.ts'
import { tableFromCsv } from '../../table/table-from-csv.ts'

export const ADULT = new URL('../../../../../../../shared/data/adult/', import.meta.url)
export const hasAdult = existsSync(ADULT)

const Q9 = [
  'sex',
  'age',
  'race',
  'marital-status',
  'education',
  'native-country',
  'workclass',
  'occupation',
  'salary-class',
]
const Q8 = Q9.filter((name) => name !== 'occupation')
/** The sets of quasi-identifiers that the reference names, and the first eight columns. */
export const QUASI_IDENTIFIERS: Readonly<Record<string, readonly string[]>> = {
  q9: Q9,
  q8: Q8,
  q7: Q8.filter((name) => name !== 'salary-class'),
  first8: Q9.slice(0, 8),
}

const attributeOf = async (table: Awaited<ReturnType<typeof tableFromCsv>>, name: string) => {
  const rows: string[][] = []
  const file = createReadStream(new URL(`adult_hierarchy_${name}.csv`, ADULT))
  for await (const row of readCsv(file, { delimiter: ';', ragged: true })) rows.push(row)
  return bindAttribute(name, hierarchyFromRows(rows), columnOf(table, name), 1)
}

/** Problems over the adult table: one for each set of quasi-identifiers, k and limit. */
export const readAdult = async (): Promise<
  (names: readonly string[], k: number, suppressionLimit: number) => Problem
> => {
  const table = await tableFromCsv(createReadStream(new URL('adult.csv', ADULT)), { delimiter: ';' })
  const attributes = new Map<string, Attribute>()
  for (const name of Q9) attributes.set(name, await attributeOf(table, name))
  return (names, k, suppressionLimit) => ({
    rows: table.rows,
    attributes: names.flatMap((name) => attributes.get(name) ?? []),
    sensitive: [],
    patients: null,
    models: [{ kind: 'k-anonymity', k }],
    suppressionLimit,
  })
}
