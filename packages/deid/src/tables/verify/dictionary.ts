import { z } from 'zod'
import type { TableManifest } from '../format/table-release.ts'
import type { Findings } from './finding.ts'
import { type ReadTable, readColumn } from './table.ts'

/** What the data dictionary tells of the data. */
const shape = z.looseObject({
  rows: z.number(),
  columns: z.array(
    z.looseObject({
      name: z.string(),
      distinctValues: z.number(),
      values: z.array(z.looseObject({ label: z.string(), covers: z.number() })).nullable(),
    }),
  ),
})

/**
 * The dictionary counts what the files hold, and lists labels that stand in them and cover what the manifest
 * says.
 */
export const checkDictionaryFigures = (
  file: string,
  dictionary: unknown,
  { columns }: TableManifest,
  table: ReadTable,
  findings: Findings,
): void => {
  const parsed = shape.safeParse(dictionary)
  if (!parsed.success || parsed.data.rows !== table.rows) {
    findings.add('bad-companion', { file }, 'Its rows are not those of the data, or it is of no known form.')
    return
  }
  for (const { name, distinctValues, values } of parsed.data.columns) {
    const stands = readColumn(table, name)?.values ?? []
    // An empty cell is a value to some, and none to others.
    if (distinctValues !== stands.length && distinctValues !== stands.filter((value) => value !== '').length)
      findings.add('bad-companion', { file, column: name }, 'It counts other values than the data hold.')
    const labels = columns.find((column) => column.name === name)?.coverage?.labels ?? {}
    if (values?.some(({ label, covers }) => !Object.hasOwn(labels, label) || labels[label] !== covers))
      findings.add(
        'bad-companion',
        { file, column: name },
        'It lists a label that is not released, or covers another number of values.',
      )
  }
}
