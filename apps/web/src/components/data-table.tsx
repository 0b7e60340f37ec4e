import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { type Failure, failureOf } from '../lib/errors.ts'
import classes from './data-table.module.css'
import { FailureNotice } from './failure-notice.tsx'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly numeric?: boolean
  /** A CSS width; a column without one takes what is left. */
  readonly width?: string
  readonly cell: (row: Row) => ReactNode
}

interface PagedQuery {
  error: unknown
  isPending: boolean
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
  refetch: () => unknown
}

interface Props<Row> {
  /** Names the table to people who can't see where it stands. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  query: PagedQuery
  empty: ReactNode
  selected?: string | undefined
  /** A convenience for the pointer; the row's own link or button is what the keyboard uses. */
  onRowClick?: (row: Row) => void
}

/**
 * A table that keeps its place while loading (a skeleton of the same height), says what to do when it is empty or has
 * failed, and turns each row into a card on a narrow screen. Roles are spelt out because `display` takes them away there.
 */
export function DataTable<Row>({ caption, columns, rows, rowKey, query, empty, selected, onRowClick }: Props<Row>) {
  const failure: Failure | null = query.error === null || query.error === undefined ? null : failureOf(query.error)
  if (failure !== null && rows === undefined) {
    return (
      <div className={classes.around}>
        <FailureNotice failure={failure} onRetry={() => void query.refetch()} />
      </div>
    )
  }
  if (rows !== undefined && rows.length === 0) return empty
  return (
    <div className={classes.scroll}>
      {/* biome-ignore lint/a11y/noRedundantRoles: the narrow layout's display values would take the role away. */}
      <table className={classes.table} role="table" aria-busy={rows === undefined}>
        <caption className={classes.caption}>{caption}</caption>
        {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
          <tr role="row">
            {columns.map(({ key, label, numeric, width }) => (
              <th key={key} scope="col" role="columnheader" data-numeric={numeric} style={{ width }}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
        <tbody role="rowgroup">
          {rows === undefined ? <SkeletonRows columns={columns} /> : rows.map(row)}
        </tbody>
      </table>
      {failure === null ? null : <FailureNotice failure={failure} onRetry={() => void query.fetchNextPage?.()} />}
      {query.hasNextPage === true ? (
        <div className={classes.more}>
          <Button
            variant="default"
            size="xs"
            loading={query.isFetchingNextPage === true}
            onClick={() => void query.fetchNextPage?.()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  )

  function row(item: Row) {
    const key = rowKey(item)
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the row holds a link or button that does the same.
      // biome-ignore lint/a11y/noRedundantRoles: as above.
      <tr
        key={key}
        role="row"
        data-selected={key === selected}
        data-clickable={onRowClick !== undefined}
        onClick={
          onRowClick === undefined
            ? undefined
            : (event) => {
                const target = event.target
                if (target instanceof Element && target.closest('a, button, input, label') !== null) return
                onRowClick(item)
              }
        }
      >
        {columns.map(({ key: column, label, numeric, cell }) => (
          <td key={column} role="cell" data-label={label} data-numeric={numeric}>
            {cell(item)}
          </td>
        ))}
      </tr>
    )
  }
}

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f']

function SkeletonRows<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return PLACEHOLDERS.map((name) => (
    <tr key={name} aria-hidden="true">
      {columns.map(({ key, label }) => (
        <td key={key} data-label={label}>
          <Skeleton height={12} my={5} width={key.length % 2 === 0 ? '70%' : '55%'} />
        </td>
      ))}
    </tr>
  ))
}
