import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface Props {
  title?: ReactNode
  aside?: ReactNode
  /** Lets a table run to the panel's edges. */
  flush?: boolean
  children: ReactNode
}

export const Panel = ({ title, aside, flush = false, children }: Props) => (
  <section className={classes.panel}>
    {title === undefined ? null : (
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {aside}
      </div>
    )}
    <div className={flush ? classes.flush : classes.body}>{children}</div>
  </section>
)
