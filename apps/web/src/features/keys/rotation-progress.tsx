import type { Rotation } from '@chartward/contract'
import { Button } from '@mantine/core'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Notice } from '../../components/notice.tsx'
import { When } from '../../components/when.tsx'
import { useCan } from '../../lib/session/session.ts'
import { client } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './keys.module.css'
import { REFRESH } from './use-keys.ts'
import { causeWords, holdWords, isTrouble, percentOf, phaseWords, progressWords, titleOf } from './words.ts'

/** How far a rotation is, with its pause. */
export const RotationProgress = ({ rotation }: { rotation: Rotation }) => {
  const mayRotate = useCan()('system:key:rotate')
  const { id, state } = rotation
  const paused = state === 'paused'
  const { act, pending, failure } = useAct({
    mutationFn: () => (paused ? client.keys.resume.mutate({ id }) : client.keys.pause.mutate({ id })),
    refresh: REFRESH,
  })
  const percent = percentOf(rotation)
  const hold = holdWords(rotation)
  return (
    <li>
      <div className={classes.head}>
        <span>
          <strong>{titleOf(rotation)}</strong> · {phaseWords(rotation)}
        </span>
        {mayRotate ? (
          <Button size="compact-xs" variant="default" loading={pending} onClick={() => act(undefined)}>
            {paused ? 'Resume' : 'Pause'}
          </Button>
        ) : null}
      </div>
      <progress
        className={classes.bar}
        aria-label={titleOf(rotation)}
        max={100}
        {...(percent === null ? {} : { value: percent })}
      />
      <p className={classes.quiet}>
        {progressWords(rotation)} · {causeWords(rotation)} <When at={rotation.startedAt} />
      </p>
      {hold === null ? null : isTrouble(rotation) ? (
        <Notice tone="warn">{hold}</Notice>
      ) : (
        <p className={classes.quiet}>{hold}</p>
      )}
      {failure === null ? null : <FailureNotice failure={failure} />}
    </li>
  )
}
