import { type ReactNode, useEffect, useRef } from 'react'
import classes from './sign-in.module.css'

/** Names the step in the page and in the window, and takes the focus, so that a change of step is heard. */
export const StepHeading = ({ title, children }: { title: string; children?: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Chartward`
    const field = heading.current?.closest('main')?.querySelector<HTMLElement>('[data-autofocus]')
    if (field === null || field === undefined) heading.current?.focus()
    else field.focus()
  }, [title])
  return (
    <div>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children === undefined ? null : <p className={classes.lead}>{children}</p>}
    </div>
  )
}
