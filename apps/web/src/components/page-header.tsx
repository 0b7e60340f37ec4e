import { Skeleton, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './page-header.module.css'

let firstPage = true

interface Props {
  /** Undefined while it is not known yet. */
  title: ReactNode | undefined
  /** What the window, and so the browser's history, calls the page. It may never hold PHI. */
  windowTitle: string
  lead?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

/**
 * The page's heading. It takes the focus after a change of route: the page is heard, and Tab starts there.
 */
export const PageHeader = ({ title, windowTitle, lead, actions, children }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${windowTitle} · Chartward`
  }, [windowTitle])
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true })
    firstPage = false
  }, [])
  return (
    <div className={classes.header}>
      <div className={classes.text}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {title ?? (
            <>
              <VisuallyHidden>{windowTitle}, not loaded yet</VisuallyHidden>
              <Skeleton component="span" display="block" height={24} width={240} />
            </>
          )}
        </h1>
        {lead === undefined ? null : <p className={classes.lead}>{lead}</p>}
        {children}
      </div>
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </div>
  )
}
