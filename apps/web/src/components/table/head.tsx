import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { type Ref, useEffect, useRef } from 'react'
import classes from '../data-table.module.css'
import type { Column } from './column.ts'
import { AS } from './roles.ts'
import { nextSort, type Sort, type Sorting } from './sort.ts'

interface Props<Row> {
  columns: readonly Column<Row>[]
  sort: Sort | null
  sorting: Sorting
  onSort: (sort: string | undefined) => void
  /** Cards have no header to be pressed. */
  narrow: boolean
  tickAll: TickAll | null
}

export interface TickAll {
  readonly label: string
  readonly all: boolean
  readonly some: boolean
  readonly onTick: () => void
}

const SORTED = { true: 'descending', false: 'ascending' } as const

export const Head = <Row,>({ columns, sort, sorting, onSort, narrow, tickAll }: Props<Row>) => (
  <thead {...AS.rowgroup}>
    <tr {...AS.row} aria-rowindex={1}>
      {tickAll === null ? null : (
        <th scope="col" {...AS.columnheader} className={classes.tick}>
          {narrow ? 'Selected' : <TickAllBox {...tickAll} />}
        </th>
      )}
      {columns.map(({ key, label, numeric, width, min, sort: by }) => {
        const pressed = sort?.key === key ? sort : null
        return (
          <th
            key={key}
            scope="col"
            {...AS.columnheader}
            data-numeric={numeric}
            style={{ width, minWidth: min ?? (width === undefined ? '9rem' : undefined) }}
            aria-sort={pressed === null ? undefined : SORTED[`${pressed.descending}`]}
          >
            {by === undefined || sorting === 'not-yet' || narrow ? (
              label
            ) : (
              <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, key))}>
                {label}
                <Arrow sort={pressed} />
              </button>
            )}
          </th>
        )
      })}
    </tr>
  </thead>
)

const Arrow = ({ sort }: { sort: Sort | null }) => {
  const Icon = sort === null ? IconArrowsSort : sort.descending ? IconArrowDown : IconArrowUp
  return <Icon size={14} aria-hidden="true" data-idle={sort === null} />
}

const TickAllBox = ({ label, all, some, onTick }: TickAll) => {
  const box: Ref<HTMLInputElement> = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = some && !all
  }, [some, all])
  return <input ref={box} type="checkbox" aria-label={label} checked={all} onChange={onTick} />
}
