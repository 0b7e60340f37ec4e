import type { ReactNode } from 'react'
import classes from './status-tag.module.css'

export type TagTone = 'good' | 'warn' | 'bad' | 'info' | 'quiet'

/** A short state. The dot's shape differs by tone, so that the state isn't told by colour alone. */
export const StatusTag = ({ tone, children }: { tone: TagTone; children: ReactNode }) => (
  <span className={classes.tag} data-tone={tone}>
    {children}
  </span>
)
