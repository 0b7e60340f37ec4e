import type { ReactNode } from 'react'
import { type Failure, isTransient } from '../lib/errors.ts'
import { Notice } from './notice.tsx'

interface Props {
  failure: Failure
  /** Draws the request's id. */
  id?: (id: string) => ReactNode
  /** A way on. */
  children?: ReactNode
}

const FAULT = { tone: 'bad' } as const
/** Nothing that anybody here did, and nothing that was typed is lost. */
const OUTAGE = { tone: 'warn', title: 'Not available at the moment' } as const

/** What went wrong, and the request that the audit log names too. Light enough for the sign-in page. */
export const FailureText = ({ failure, id = (whole) => whole, children }: Props) => (
  <Notice {...(isTransient(failure.code) ? OUTAGE : FAULT)}>
    <p>{failure.message}</p>
    {failure.requestId === null ? null : <p>Request {id(failure.requestId)}</p>}
    {children}
  </Notice>
)
