import { Button } from '@mantine/core'
import { FailureText } from '../components/failure-text.tsx'
import type { Failure } from '../lib/errors.ts'
import classes from './sign-in.module.css'

export const Trouble = ({ failure, onRetry }: { failure: Failure; onRetry: () => void }) => (
  <div className={classes.step}>
    <h1>This page could not be prepared</h1>
    <FailureText failure={failure} />
    <Button onClick={onRetry}>Try again</Button>
  </div>
)
