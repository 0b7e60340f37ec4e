import {
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Column } from './column.ts'
import { compareValues, type Sort } from './sort.ts'

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
})

const NO_ROWS: readonly never[] = []

interface Input<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** What the rows are sorted by here; null where they stay as they came. */
  sort: Sort | null
}

/** The rows as they are shown, and the key of each. */
export const useTableModel = <Row extends RowData>({ columns, rows, rowKey, sort }: Input<Row>) => {
  const definitions = useMemo(
    () =>
      columns.map(({ key, sort: value }) => ({
        id: key,
        accessorFn: (row: Row) => (typeof value === 'function' ? (value(row) ?? undefined) : undefined),
        sortFn: (a: { getValue: (id: string) => unknown }, b: typeof a, id: string) =>
          compareValues(sortable(a.getValue(id)), sortable(b.getValue(id))),
        sortUndefined: 'last' as const,
      })),
    [columns],
  )
  const by = sort?.key
  const desc = sort?.descending ?? false
  const sorting = useMemo(() => (by === undefined ? [] : [{ id: by, desc }]), [by, desc])
  const table = useTable({
    features,
    columns: definitions,
    data: rows ?? NO_ROWS,
    getRowId: rowKey,
    state: { sorting },
  })
  const model = table.getRowModel().rows
  const items = useMemo(() => model.map(({ original }) => original), [model])
  const keys = useMemo(() => model.map(({ id }) => id), [model])
  return { items, keys }
}

const sortable = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? value : null)
