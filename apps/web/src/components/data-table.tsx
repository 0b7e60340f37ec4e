import { useCallbackRef, useMediaQuery } from '@mantine/hooks'
import type { RowData } from '@tanstack/react-table'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { type Failure, failureOf } from '../lib/errors.ts'
import { shownColumns } from '../lib/table-preferences.ts'
import classes from './data-table.module.css'
import { FailureNotice } from './failure-notice.tsx'
import { Body } from './table/body.tsx'
import { Bulk, type Selection } from './table/bulk.tsx'
import type { Column } from './table/column.ts'
import { Foot } from './table/foot.tsx'
import { Head } from './table/head.tsx'
import { type Neighbours, neighboursOf } from './table/neighbours.ts'
import { AS } from './table/roles.ts'
import { SkeletonRows } from './table/row.tsx'
import { sortingOf, sortOf } from './table/sort.ts'
import { Tools } from './table/tools.tsx'
import { useFollowOpen } from './table/use-follow-open.ts'
import { usePreferences } from './table/use-preferences.ts'
import { useTableModel } from './table/use-table-model.ts'
import { useTicks } from './table/use-ticks.ts'
import { useWide } from './table/use-wide.ts'

export type { Column } from './table/column.ts'

interface PagedQuery {
  error: unknown
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
  refetch: () => unknown
}

/** Nothing more to come, and nothing to fail. */
const SETTLED: PagedQuery = { error: null, refetch: () => undefined }

/** Under this width each row is a card: see the style sheet. */
const NARROW = '(max-width: 48em)'

interface Props<Row> {
  /** Names the table to people who can't see where it stands. */
  caption: string
  /** By which this browser remembers how it is looked at; without one there is nothing to choose. */
  id?: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** Where the rows come from; left out for rows that are there already. */
  query?: PagedQuery
  empty: ReactNode
  selected?: string | undefined
  /** A convenience for the pointer; the row's own link or button is what the keyboard uses. */
  onRowClick?: ((row: Row) => void) | undefined
  /** Where the sort is kept, and whether the server sorts; kept here where there is no address for it. */
  sort?: { value: string | undefined; onChange: (sort: string | undefined) => void; byServer?: boolean }
  selection?: Selection<Row>
  /** Is told which rows stand beside the selected one, as they are shown. */
  onNeighbours?: (neighbours: Neighbours<Row>) => void
  /** Stands above the rows. */
  tools?: ReactNode
}

/**
 * A table that keeps its place while loading (a skeleton of the same height), says what to do when it is
 * empty or has failed, draws of a long list what is in sight, and turns each row into a card on a narrow
 * screen.
 */
export const DataTable = <Row extends RowData>(props: Props<Row>) => {
  const { caption, id, columns, rows, rowKey, query = SETTLED, empty, selected, onRowClick } = props
  const own = useState<string>()
  const { value, onChange, byServer = false } = props.sort ?? { value: own[0], onChange: own[1] }
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false })
  const { preferences } = usePreferences()
  const compact = id !== undefined && preferences.compact
  const hidden = id === undefined ? undefined : preferences.hidden[id]
  const shown = useMemo(() => shownColumns(columns, hidden ?? []), [columns, hidden])

  const more = query.hasNextPage === true
  const sort = useMemo(() => sortOf(value, columns), [value, columns])
  const onSort = useCallbackRef(onChange)
  const sorting = sortingOf(byServer, !more)
  const { items, keys } = useTableModel({ columns, rows, rowKey, sort: sorting === 'here' ? sort : null })
  const { ticked, tickOf, tickAll, chosen, clear } = useTicks(items, keys, props.selection)
  const box = useRef<HTMLDivElement>(null)
  const wide = useWide(box, items.length > 0)
  useFollowOpen(box, selected)
  useNeighbours(props.onNeighbours, neighboursOf(items, keys, selected, more))

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
  const counted = more || items.length > 0 ? (more ? -1 : items.length + 1) : undefined
  const order = { columns, sort, sorting, onSort, narrow }
  return (
    <>
      {id === undefined || rows === undefined ? null : (
        <Tools
          id={id}
          {...order}
          bulk={
            props.selection === undefined || chosen.length === 0 ? null : (
              <Bulk
                selection={props.selection}
                chosen={chosen}
                loaded={items.length}
                more={more}
                onAll={() => tickAll?.onTick()}
                onClear={clear}
              />
            )
          }
        >
          {props.tools}
        </Tools>
      )}
      <div ref={box} tabIndex={-1} className={classes.scroll} data-wide={wide}>
        <table className={classes.table} {...AS.table} aria-busy={rows === undefined} aria-rowcount={counted}>
          <caption className={classes.caption}>{caption}</caption>
          <Head {...order} columns={shown} sort={sorting === 'not-yet' ? null : sort} tickAll={tickAll} />
          {rows === undefined ? (
            <tbody {...AS.rowgroup}>
              <SkeletonRows columns={shown} />
            </tbody>
          ) : (
            <Body
              items={items}
              keys={keys}
              columns={shown}
              open={selected}
              onRowClick={onRowClick}
              narrow={narrow}
              compact={compact}
              ticked={ticked}
              tickOf={tickOf}
            />
          )}
        </table>
      </div>
      {failure === null ? null : (
        <FailureNotice failure={failure} onRetry={() => void query.fetchNextPage?.()} />
      )}
      {more ? (
        <Foot
          loaded={items.length}
          loading={query.isFetchingNextPage === true}
          failed={failure !== null}
          onMore={() => void query.fetchNextPage?.()}
        />
      ) : null}
    </>
  )
}

/** Tells of neighbours when they are others than before. */
const useNeighbours = <Row,>(
  tell: ((neighbours: Neighbours<Row>) => void) | undefined,
  { previous, next, place }: Neighbours<Row>,
) => {
  const { at, of, more } = place ?? {}
  useEffect(() => {
    tell?.({
      previous,
      next,
      place: at === undefined || of === undefined ? null : { at, of, more: more === true },
    })
  }, [tell, previous, next, at, of, more])
}
