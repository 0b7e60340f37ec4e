import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'info'

const ICONS = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconAlertTriangle, info: IconInfoCircle }

/** A sentence that matters, in the page's flow. `bad` and `warn` are announced when they appear. */
export const Notice = ({ tone, title, children }: { tone: Tone; title?: string; children?: ReactNode }) => {
  const Icon = ICONS[tone]
  return (
    <div
      className={classes.notice}
      data-tone={tone}
      role={tone === 'bad' || tone === 'warn' ? 'alert' : 'status'}
    >
      <Icon size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.body}>
        {title === undefined ? null : <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </div>
  )
}
