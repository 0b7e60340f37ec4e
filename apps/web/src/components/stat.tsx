import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatCount } from '../lib/format.ts'
import classes from './stat.module.css'

export const Stats = ({ children }: { children: ReactNode }) => (
  <div className={classes.stats}>{children}</div>
)

interface Props {
  label: string
  /** Undefined while it is on its way. */
  value: number | undefined
  /** Says that someone has to do something. */
  attention?: boolean
  /** Where it leads. */
  action?: ReactNode
}

/** One figure with what it counts, and where to go because of it. */
export const Stat = ({ label, value, attention = false, action }: Props) => (
  <div className={classes.stat} data-attention={attention}>
    <div className={classes.label}>{label}</div>
    <div className={classes.value}>
      {value === undefined ? <Skeleton height={26} width={48} my={3} /> : formatCount(value)}
    </div>
    <div className={classes.action}>{action}</div>
  </div>
)
