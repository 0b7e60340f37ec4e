import { type FocusEvent, lazy, Suspense, useCallback, useRef, useState } from 'react'
import classes from '../data-table.module.css'
import type { Column } from './column.ts'
import { AS } from './roles.ts'
import { BodyRow, type Tick } from './row.tsx'
import type { View } from './row-window.tsx'
import { usePrinting } from './use-printing.ts'
import { estimateOf, firstSegments, isWindowed, type Segment } from './windowing.ts'

const RowWindow = lazy(async () => ({ default: (await import('./row-window.tsx')).RowWindow }))

interface Props<Row> {
  items: readonly Row[]
  keys: readonly string[]
  columns: readonly Column<Row>[]
  open: string | undefined
  onRowClick: ((row: Row) => void) | undefined
  narrow: boolean
  compact: boolean
  /** Which rows are ticked; null for a table in which none can be. */
  ticked: ReadonlySet<string> | null
  tickOf: ((key: string, row: Row) => Tick | null) | undefined
}

/** The rows: all of a short list, and of a long one those around the window, by the page's own scrolling. */
export const Body = <Row,>({ items, keys, columns, open, onRowClick, ...rest }: Props<Row>) => {
  const { narrow, compact, ticked, tickOf } = rest
  const windowed = isWindowed(items.length, usePrinting())
  const [view, setView] = useState<View | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const focused = useRef<string | null>(null)
  // Once closed, the row is still where the focus returns to.
  const opened = useRef<string | null>(null)
  if (open !== undefined) opened.current = open
  const kept = useCallback(() => [focused.current, opened.current], [])
  const onFocus = ({ target }: FocusEvent) => {
    focused.current = target.closest('tr')?.getAttribute('data-row') ?? null
  }
  const estimate = estimateOf(narrow, compact, columns.length)
  const drawn = windowed ? view : null
  const segments: readonly Segment[] = windowed
    ? (drawn?.segments ?? firstSegments(items.length, estimate))
    : items.map((_, index) => ({ kind: 'row', index }))
  return (
    <>
      <tbody {...AS.rowgroup} ref={body} onFocus={onFocus} onBlur={() => (focused.current = null)}>
        {segments.map((segment) => {
          if (segment.kind === 'gap')
            return (
              <tr key={`gap ${segment.before}`} {...AS.gap} className={classes.gap}>
                <td {...AS.gap} colSpan={columns.length + 1} style={{ height: segment.height }} />
              </tr>
            )
          const { index } = segment
          const item = items[index]
          const key = keys[index]
          return item === undefined || key === undefined ? null : (
            <BodyRow
              key={key}
              item={item}
              itemKey={key}
              index={index}
              columns={columns}
              open={key === open}
              ticked={ticked === null ? null : ticked.has(key)}
              tickOf={tickOf}
              onRowClick={onRowClick}
              measure={drawn?.measure}
            />
          )
        })}
      </tbody>
      {windowed ? (
        <Suspense>
          <RowWindow body={body} keys={keys} estimate={estimate} kept={kept} onView={setView} />
        </Suspense>
      ) : null}
    </>
  )
}
