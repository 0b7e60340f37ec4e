import { createReadStream, existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../table/read-csv.ts'
import { tableFromCsv } from '../table/table-from-csv.ts'
import { bindAttribute } from './bind.ts'
import { hierarchyFromRows } from './from-rows.ts'

const FOLDER = new URL('../../../../../../shared/data/adult/', import.meta.url)

describe.skipIf(!existsSync(FOLDER))('the adult table (skipped where ../shared/data is absent)', () => {
  it('is read whole, and each of its nine columns binds to its hierarchy', async () => {
    const table = await tableFromCsv(createReadStream(new URL('adult.csv', FOLDER)), { delimiter: ';' })
    expect(table.rows).toBe(30_162)
    expect(table.columns.length).toBe(9)
    const shapes = []
    for (const column of table.columns) {
      const file = createReadStream(new URL(`adult_hierarchy_${column.name}.csv`, FOLDER))
      const rows: string[][] = []
      for await (const row of readCsv(file, { delimiter: ';', ragged: true })) rows.push(row)
      const hierarchy = hierarchyFromRows(rows)
      const { codes } = bindAttribute(column.name, hierarchy, column, 1)
      expect(
        codes.every((code, row) => hierarchy.domain[code] === column.values[column.codes[row] ?? -1]),
      ).toBe(true)
      shapes.push([column.name, hierarchy.domain.length, hierarchy.levels.map(({ labels }) => labels.length)])
    }
    expect(shapes).toEqual([
      ['sex', 2, [2, 1]],
      ['age', 100, [100, 20, 10, 5, 1]],
      ['race', 5, [5, 1]],
      ['marital-status', 7, [7, 2, 1]],
      ['education', 16, [16, 5, 3, 1]],
      ['native-country', 41, [41, 5, 1]],
      ['workclass', 8, [8, 3, 1]],
      ['occupation', 14, [14, 3, 1]],
      ['salary-class', 2, [2, 1]],
    ])
  })
})
