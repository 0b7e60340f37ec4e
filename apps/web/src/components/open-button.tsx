import type { ReactNode } from 'react'
import classes from './open-button.module.css'

/** Opens something beside the page it stands on, so it is a button; it looks like the links around it. */
export const OpenButton = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button type="button" className={classes.open} onClick={onClick}>
    {children}
  </button>
)
