import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import type { Failure } from '../lib/errors.ts'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'

/** A link that opens nothing; without a failure, because a part of it is missing. */
export const BadLink = ({ failure, children }: { failure: Failure | null; children: ReactNode }) => (
  <div className={classes.step}>
    <StepHeading title="This link can’t be used" />
    {failure === null ? (
      <Notice tone="bad">The link is incomplete. Open it again exactly as it was sent to you.</Notice>
    ) : (
      <FailureText failure={failure} />
    )}
    <p className={classes.lead}>{children}</p>
    <Button component="a" href="/sign-in" variant="default">
      Go to sign-in
    </Button>
  </div>
)
