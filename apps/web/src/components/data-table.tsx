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

/** Spelt out, because the `display` values of the narrow layout take a table's own roles away. */
const AS = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const

interface PagedQuery {
  error: unknown
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
  refetch: () => unknown
}

/** Nothing more to come, and nothing to fail. */
const SETTLED: PagedQuery = { error: null, refetch: () => undefined }

interface Props<Row> {
  /** Names the table to people who can't see where it stands. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** Where the rows come from; left out for rows that are there already. */
  query?: PagedQuery
  empty: ReactNode
  selected?: string | undefined
  /** A convenience for the pointer; the row's own link or button is what the keyboard uses. */
  onRowClick?: ((row: Row) => void) | undefined
}

/**
 * A table that keeps its place while loading (a skeleton of the same height), says what to do when it is
 * empty or has failed, and turns each row into a card on a narrow screen.
 */
export const DataTable = <Row,>({
  caption,
  columns,
  rows,
  rowKey,
  query = SETTLED,
  empty,
  selected,
  onRowClick,
}: Props<Row>) => {
  const failure: Failure | null =
    query.error === null || query.error === undefined ? null : failureOf(query.error)
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
      <table className={classes.table} {...AS.table} aria-busy={rows === undefined}>
        <caption className={classes.caption}>{caption}</caption>
        <thead {...AS.rowgroup}>
          <tr {...AS.row}>
            {columns.map(({ key, label, numeric, width }) => (
              <th key={key} scope="col" {...AS.columnheader} data-numeric={numeric} style={{ width }}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...AS.rowgroup}>
          {rows === undefined ? (
            <SkeletonRows columns={columns} />
          ) : (
            rows.map((item) => {
              const key = rowKey(item)
              return (
                <BodyRow
                  key={key}
                  item={item}
                  columns={columns}
                  selected={key === selected}
                  onRowClick={onRowClick}
                />
              )
            })
          )}
        </tbody>
      </table>
      {failure === null ? null : (
        <FailureNotice failure={failure} onRetry={() => void query.fetchNextPage?.()} />
      )}
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
}

type BodyRowProps<Row> = Pick<Props<Row>, 'columns' | 'onRowClick'> & { item: Row; selected: boolean }

const BodyRow = <Row,>({ item, columns, selected, onRowClick }: BodyRowProps<Row>) => (
  <tr
    {...AS.row}
    data-selected={selected}
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
    {columns.map(({ key, label, numeric, cell }) => (
      <td key={key} {...AS.cell} data-label={label} data-numeric={numeric}>
        <div>{cell(item)}</div>
      </td>
    ))}
  </tr>
)

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f']

const SkeletonRows = <Row,>({ columns }: { columns: readonly Column<Row>[] }) =>
  PLACEHOLDERS.map((name) => (
    <tr key={name}>
      {columns.map(({ key, label }) => (
        <td key={key} data-label={label}>
          <Skeleton height={12} my={5} width={key.length % 2 === 0 ? '70%' : '55%'} />
        </td>
      ))}
    </tr>
  ))
