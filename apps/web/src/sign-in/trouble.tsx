import { Button } from '@mantine/core'
import { Notice } from '../components/notice.tsx'
import type { Failure } from '../lib/errors.ts'
import classes from './sign-in.module.css'

export const FailureNotice = ({ failure }: { failure: Failure }) => (
  <Notice tone="bad">
    <p>{failure.message}</p>
    {failure.requestId === null ? null : <p>Request {failure.requestId}</p>}
  </Notice>
)

export const Trouble = ({ failure, onRetry }: { failure: Failure; onRetry: () => void }) => (
  <div className={classes.step}>
    <h1>This page could not be prepared</h1>
    <FailureNotice failure={failure} />
    <Button onClick={onRetry}>Try again</Button>
  </div>
)
