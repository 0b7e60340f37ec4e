import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import type { Failure } from '../lib/errors.ts'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'

/** What says that the link is no good; after anything else it may still be. */
const REFUSED: ReadonlySet<string> = new Set([
  'INVITATION_INVALID',
  'LINK_INVALID',
  'RESET_INVALID',
  'CONFLICT',
  'INVALID_INPUT',
])

interface Props {
  what?: 'link' | 'invitation'
  /** Null where a part of the link is missing. */
  failure: Failure | null
  onRetry: () => void
  onSignIn: () => void
  /** Where another one comes from. */
  children: ReactNode
}

/** A link that opens nothing: for good, or because it could not be asked about. */
export const BadLink = ({ what = 'link', failure, onRetry, onSignIn, children }: Props) => {
  if (failure !== null && !REFUSED.has(failure.code)) {
    return (
      <div className={classes.step}>
        <StepHeading title={`This ${what} can’t be opened just now`} />
        <FailureText failure={failure} />
        <Button onClick={onRetry}>Try again</Button>
      </div>
    )
  }
  return (
    <div className={classes.step}>
      <StepHeading title={`This ${what} can’t be used`} />
      <Notice tone="bad">
        {failure?.message ?? 'The link is incomplete. Open it again exactly as it came to you.'}
      </Notice>
      <p className={classes.lead}>{children}</p>
      <Button variant="default" onClick={onSignIn}>
        Go to sign-in
      </Button>
    </div>
  )
}
