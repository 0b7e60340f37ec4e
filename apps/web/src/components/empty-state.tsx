import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

/** Nothing is here: why, and what to do next. */
export const EmptyState = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className={classes.empty}>
    <p className={classes.title}>{title}</p>
    {children === undefined ? null : <div className={classes.body}>{children}</div>}
  </div>
)
