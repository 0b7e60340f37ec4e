import type { ReactNode } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import type { Failure } from '../../lib/errors.ts'
import classes from './audit.module.css'

interface Props<Result> {
  title: string
  /** Starts the check. */
  button: ReactNode
  /** What is checked, said until there is a result. */
  what: ReactNode
  failure: Failure | null
  result: Result | undefined
  children: (result: Result) => ReactNode
}

/** A check that runs when it is asked for, and what it found; the finding is heard too. */
export const CheckSection = <Result,>({ title, button, what, failure, result, children }: Props<Result>) => (
  <section className={classes.proof}>
    <div className={classes.proofHead}>
      <h3 className={classes.heading}>{title}</h3>
      {button}
    </div>
    <div aria-live="polite">
      {failure === null ? null : <FailureNotice failure={failure} />}
      {result === undefined ? <p className={classes.quiet}>{what}</p> : children(result)}
    </div>
  </section>
)
