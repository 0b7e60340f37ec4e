import type { ReactNode } from 'react'
import classes from '../data-table.module.css'
import type { Choices } from './view-choices.tsx'
import { ViewMenu } from './view-menu.tsx'

interface Props extends Choices {
  bulk: ReactNode
  children: ReactNode
}

/** Above the rows: what is selected, or why nothing can be sorted yet; and how the table is looked at. */
export const Tools = ({ bulk, children, ...props }: Props) => {
  const { columns, sort, sorting } = props
  const sortable = columns.some((column) => column.sort !== undefined)
  const label = columns.find(({ key }) => key === sort?.key)?.label
  return (
    <div className={classes.tools}>
      <div className={classes.said} aria-live="polite">
        {bulk ??
          (sortable && sorting === 'not-yet'
            ? label === undefined
              ? 'In the list’s own order. It can be sorted once all rows are loaded.'
              : `Not sorted by “${label}”: not all rows are loaded.`
            : null)}
      </div>
      {children}
      <ViewMenu {...props} />
    </div>
  )
}
