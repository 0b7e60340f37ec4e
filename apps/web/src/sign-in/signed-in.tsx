import { Button } from '@mantine/core'
import { Notice } from '../components/notice.tsx'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'

export const ENDED_ELSEWHERE =
  'You were signed in elsewhere. That session has ended: one person has one session.'

/** What somebody has to know before they go on. */
export const SignedIn = ({ told, onDone }: { told: string; onDone: () => void }) => (
  <div className={classes.step}>
    <StepHeading title="Signed in" />
    <Notice tone="warn">{told}</Notice>
    <Button onClick={onDone} data-autofocus>
      Go on
    </Button>
  </div>
)
