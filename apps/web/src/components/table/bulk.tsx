import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { countOf, formatCount } from '../../lib/format.ts'
import classes from '../data-table.module.css'

/** What is selected for, in one table. */
export interface Selection<Row> {
  /** "entry" and "entries". */
  readonly noun: readonly [one: string, many: string]
  /** Which row it is, for people who hear its box. */
  readonly label: (row: Row) => string
  /** What can be done with the selected rows. */
  readonly act: (rows: readonly Row[]) => ReactNode
}

interface Props<Row> {
  selection: Selection<Row>
  chosen: readonly Row[]
  loaded: number
  more: boolean
  onAll: () => void
  onClear: () => void
}

/** How many rows are selected, and of what: rows that were never loaded are not, and that is said. */
export const Bulk = <Row,>({ selection, chosen, loaded, more, onAll, onClear }: Props<Row>) => {
  const [one, many] = selection.noun
  return (
    <div className={classes.bulk}>
      <strong>
        {formatCount(chosen.length)} of the {countOf(loaded, `loaded ${one}`, `loaded ${many}`)} selected
      </strong>
      {more ? <span>More match, and are not selected.</span> : null}
      {selection.act(chosen)}
      {chosen.length === loaded ? null : (
        <Button size="compact-xs" variant="subtle" onClick={onAll}>
          Select all that are loaded
        </Button>
      )}
      <Button size="compact-xs" variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
