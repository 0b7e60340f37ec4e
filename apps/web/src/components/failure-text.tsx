import type { ReactNode } from 'react'
import type { Failure } from '../lib/errors.ts'
import { Notice } from './notice.tsx'

interface Props {
  failure: Failure
  /** Draws the request's id. */
  id?: (id: string) => ReactNode
  /** A way on. */
  children?: ReactNode
}

/** What went wrong, and the request that the audit log names too. Light enough for the sign-in page. */
export const FailureText = ({ failure, id = (whole) => whole, children }: Props) => (
  <Notice tone="bad">
    <p>{failure.message}</p>
    {failure.requestId === null ? null : <p>Request {id(failure.requestId)}</p>}
    {children}
  </Notice>
)
