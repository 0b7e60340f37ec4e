import { VisuallyHidden } from '@mantine/core'
import { When } from '../../components/when.tsx'
import { useNow } from '../../lib/use-now.ts'
import type { ExportView } from './export-view.ts'
import classes from './step-list.module.css'
import { type Step, stepsOf } from './steps.ts'

/** Said as well as shown: the shape of the mark differs, and screen readers hear the word. */
const STATE_WORDS: Readonly<Record<Step['state'], string>> = {
  done: 'Done',
  now: 'Now',
  'to-come': 'To come',
  ended: 'Ended',
}

/** How far a request has come, and when. */
export const StepList = ({ request }: { request: ExportView }) => (
  <ol className={classes.steps} aria-label="Steps of the request">
    {stepsOf(request, useNow(30_000)).map(({ name, state, at, note }) => (
      <li key={name} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
        <VisuallyHidden>{STATE_WORDS[state]}: </VisuallyHidden>
        <strong>{name}</strong>{' '}
        {at === null ? null : (
          <span className={classes.quiet}>
            <When at={at} />
          </span>
        )}
        {note === null ? null : <div className={classes.quiet}>{note}</div>}
      </li>
    ))}
  </ol>
)
