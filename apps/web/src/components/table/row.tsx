import { Skeleton } from '@mantine/core'
import { type MouseEvent, memo, type Ref } from 'react'
import classes from '../data-table.module.css'
import type { Column } from './column.ts'
import { AS } from './roles.ts'

/** Selecting a row: what its box is called, and what ticking it does. */
export interface Tick {
  readonly label: string
  readonly onTick: () => void
}

interface Props<Row> {
  item: Row
  itemKey: string
  /** Of all rows, from 0. */
  index: number
  columns: readonly Column<Row>[]
  open: boolean
  ticked: boolean | null
  /** Asked for by the row as it is drawn, so that rows stay as they are when others are ticked or come. */
  tickOf: ((key: string, row: Row) => Tick | null) | undefined
  onRowClick: ((row: Row) => void) | undefined
  measure: Ref<HTMLTableRowElement> | undefined
}

const ownControl = 'a, button, input, label'

const BodyRowOf = <Row,>({
  item,
  itemKey,
  index,
  columns,
  open,
  ticked,
  tickOf,
  onRowClick,
  measure,
}: Props<Row>) => {
  const tick = ticked === null ? null : (tickOf?.(itemKey, item) ?? null)
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest(ownControl) !== null) return
    onRowClick?.(item)
  }
  return (
    <tr
      {...AS.row}
      ref={measure}
      aria-rowindex={index + 2}
      data-index={index}
      data-row={itemKey}
      data-selected={open}
      data-clickable={onRowClick !== undefined}
      onClick={onRowClick === undefined ? undefined : onClick}
    >
      {tick === null ? null : (
        <td {...AS.cell} className={classes.tick}>
          <input type="checkbox" aria-label={tick.label} checked={ticked === true} onChange={tick.onTick} />
        </td>
      )}
      {columns.map(({ key, label, numeric, cell }) => (
        <td key={key} {...AS.cell} data-label={label} data-numeric={numeric}>
          <div>{cell(item)}</div>
        </td>
      ))}
    </tr>
  )
}

/** Scrolling draws the rows that come, and leaves those alone that are there. */
export const BodyRow = memo(BodyRowOf) as typeof BodyRowOf

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f']

export const SkeletonRows = <Row,>({ columns }: { columns: readonly Column<Row>[] }) =>
  PLACEHOLDERS.map((name) => (
    <tr key={name}>
      {columns.map(({ key, label }) => (
        <td key={key} data-label={label}>
          <Skeleton height={12} my={5} width={key.length % 2 === 0 ? '70%' : '55%'} />
        </td>
      ))}
    </tr>
  ))
