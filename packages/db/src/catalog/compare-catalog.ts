import type { CatalogRow } from './read-catalog.ts'

/** The objects that the migrations make, with their definitions; partitions as one, named `<month>`. */
export type Manifest = Readonly<Record<string, string>>

export interface Difference {
  readonly object: string
  readonly what: 'gone' | 'added' | 'changed'
}

const MONTH = '<month>'
const PARTITION = /audit_entries_(\d{4}_\d{2})/
const TABLE_OF_MONTH = /^table public\.audit_entries_(\d{4}_\d{2})$/

/** A row without the month of the partition that it is of, which it names wherever it names itself. */
const withoutMonth = ({ object, definition }: CatalogRow): CatalogRow => {
  const [partition, month] = PARTITION.exec(object) ?? []
  if (partition === undefined || month === undefined) return { object, definition }
  const pattern = `audit_entries_${MONTH}`
  return {
    object: object.replaceAll(partition, pattern),
    definition: definition.replaceAll(partition, pattern).replace(boundsOf(month), '<bounds>'),
  }
}

/** The bounds of a month's partition: the least UUIDv7 of its first moment and of the next month's. */
const boundsOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('_').map(Number)
  const floor = (at: number) => {
    const hex = `${at.toString(16).padStart(12, '0')}${'0'.repeat(20)}`
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
  return `FROM ('${floor(Date.UTC(year, number - 1))}') TO ('${floor(Date.UTC(year, number))}')`
}

/** What is to be written down of a freshly migrated database. Throws where its partitions differ. */
export const manifestOf = (rows: readonly CatalogRow[]): Manifest => {
  const manifest: Record<string, string> = {}
  for (const { object, definition } of rows.map(withoutMonth)) {
    if ((manifest[object] ?? definition) !== definition)
      throw new Error(`${object} is not alike in all months`)
    manifest[object] = definition
  }
  return Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Each object that is there, gone or otherwise than in the manifest; of each month its own. */
export const compareCatalog = (rows: readonly CatalogRow[], manifest: Manifest): Difference[] => {
  const months = rows.flatMap(({ object }) => TABLE_OF_MONTH.exec(object)?.[1] ?? []).sort()
  const there = new Set(rows.map(({ object }) => object))
  const gone = Object.keys(manifest)
    .flatMap((object) =>
      object.includes(MONTH) ? months.map((month) => object.replaceAll(MONTH, month)) : object,
    )
    .filter((object) => !there.has(object))
  return [
    ...gone.map((object) => ({ object, what: 'gone' as const })),
    ...missingMonths(months).map((month) => ({
      object: `table public.audit_entries_${month}`,
      what: 'gone' as const,
    })),
    ...rows.flatMap((row) => {
      const { object, definition } = withoutMonth(row)
      const expected = manifest[object]
      if (expected === definition) return []
      return [
        { object: row.object, what: expected === undefined ? ('added' as const) : ('changed' as const) },
      ]
    }),
  ]
}

/** The months between the first and the last that have no partition. */
const missingMonths = (months: readonly string[]): string[] => {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return [MONTH]
  const there = new Set(months)
  const missing: string[] = []
  const [year = 0, month = 0] = first.split('_').map(Number)
  for (let step = 0; ; step++) {
    const name = new Date(Date.UTC(year, month - 1 + step)).toISOString().slice(0, 7).replace('-', '_')
    if (name > last) return missing
    if (!there.has(name)) missing.push(name)
  }
}
