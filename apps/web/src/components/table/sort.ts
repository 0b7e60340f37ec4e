import type { ColumnName, SortValue } from './column.ts'

/** A column's key and the direction. */
export interface Sort {
  readonly key: string
  readonly descending: boolean
}

const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Numbers before texts, which are compared as people do: "Visit 9" before "Visit 10". */
export const compareValues = (a: SortValue, b: SortValue): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'number') return -1
  return typeof b === 'number' ? 1 : words.compare(a ?? '', b ?? '')
}

/** As the URL has it: the column's key, with a minus before it for the other direction. */
export const sortText = ({ key, descending }: Sort): string => (descending ? `-${key}` : key)

/** The sort that a text names among columns that can be sorted by; null for the order of the list itself. */
export const sortOf = (
  text: string | undefined,
  columns: readonly Pick<ColumnName, 'key' | 'sort'>[],
): Sort | null => {
  const descending = text?.startsWith('-') ?? false
  const key = descending ? text?.slice(1) : text
  const column = columns.find((one) => one.key === key && one.sort !== undefined)
  return column === undefined ? null : { key: column.key, descending }
}

/** What comes of choosing a column: it ascending, then descending, then the list's own order. */
export const nextSort = (sort: Sort | null, key: string): string | undefined => {
  if (sort?.key !== key) return key
  return sort.descending ? undefined : `-${key}`
}

/** How rows are sorted here: only where all of them are, or a part would pass for the whole. */
export type Sorting = 'by-server' | 'here' | 'not-yet'

export const sortingOf = (byServer: boolean, complete: boolean): Sorting =>
  byServer ? 'by-server' : complete ? 'here' : 'not-yet'
