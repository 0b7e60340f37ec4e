import type { Work } from '@chartward/contract'
import { Button, VisuallyHidden } from '@mantine/core'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { FailureNotice } from '../failure-notice.tsx'
import { countWords, KIND_WORDS, leftWords, percentOf, phaseWords, rateWords, spokenWords } from './words.ts'
import classes from './work.module.css'

/**
 * How far a work is: what it does, how much of how much, how fast, how long still, and its end for whoever
 * may ask for it. It goes on when the page is left. Of what changes each second nothing is read out; each
 * phase and each quarter of one is.
 */
export const WorkProgress = ({ work }: { work: Work }) => {
  const {
    act: cancel,
    pending,
    failure,
  } = useAct({
    mutationFn: () => client.works.cancel.mutate({ id: work.id }),
    refresh: [{ queryKey: trpc.works.list.queryKey() }],
  })
  const percent = percentOf(work)
  const details = [countWords(work), rateWords(work), leftWords(work)].filter((words) => words !== null)
  return (
    <div className={classes.progress}>
      <div className={classes.head}>
        <span>
          <strong>{phaseWords(work)}</strong>
          {percent === null ? null : ` · ${percent} %`}
        </span>
        {work.mayCancel ? (
          <Button size="compact-xs" variant="default" loading={pending} onClick={() => cancel(undefined)}>
            Cancel
          </Button>
        ) : null}
      </div>
      <progress
        className={classes.bar}
        aria-label={KIND_WORDS[work.kind]}
        max={100}
        {...(percent === null ? {} : { value: percent })}
      />
      <p className={classes.details}>{details.join(' · ')}</p>
      <VisuallyHidden aria-live="polite">{spokenWords(work)}</VisuallyHidden>
      {failure === null ? null : <FailureNotice failure={failure} />}
    </div>
  )
}
