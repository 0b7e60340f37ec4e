import type { ReactNode } from 'react'

/** What rows are sorted by: null where a row has nothing of the kind, and then it comes last. */
export type SortValue = string | number | null

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly numeric?: boolean
  /** A CSS width; a column without one takes what is left. */
  readonly width?: string
  /** The least CSS width at which it can be read: a table that has less room scrolls sideways in itself. */
  readonly min?: string
  /** What opens a row, or says which one it is: it can't be taken off the table. */
  readonly always?: boolean
  /** What rows are sorted by; `true` where the server sorts, by the column's key. */
  readonly sort?: true | ((row: Row) => SortValue)
  readonly cell: (row: Row) => ReactNode
}

/** As much of a column as it takes to choose among them. */
export type ColumnName = Pick<Column<never>, 'key' | 'label' | 'always' | 'sort'>
