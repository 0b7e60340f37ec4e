import { Button } from '@mantine/core'
import { useState } from 'react'
import { client } from '../lib/trpc.ts'
import { useAct } from '../lib/use-act.ts'
import { FailureNotice } from './failure-notice.tsx'
import classes from './unusual-reason.module.css'
import { When } from './when.tsx'

interface Props {
  /** The entry in which the person said why they open more than is usual. */
  explained: { readonly entryId: string; readonly at: string }
  /** Whether the reader may open entries: the reason is the note of one. */
  readable: boolean
}

/** That there is a reason for unusual access, and, once asked for, the reason: reading it is logged. */
export const UnusualReason = ({ explained: { entryId, at }, readable }: Props) => {
  const [reason, setReason] = useState<string | null>(null)
  const { act, pending, failure } = useAct({
    mutationFn: () => client.audit.get.query({ id: entryId }),
    onDone: ({ note }) => setReason(note ?? 'The reason is no longer there, or is another one.'),
  })
  return (
    <div className={classes.reason}>
      More than usual in an hour: said why <When at={at} />
      {reason !== null ? (
        <blockquote className={classes.words}>{reason}</blockquote>
      ) : readable ? (
        <div>
          <Button size="compact-xs" variant="default" loading={pending} onClick={() => act(undefined)}>
            Read the reason
          </Button>
        </div>
      ) : null}
      {failure === null ? null : <FailureNotice failure={failure} />}
    </div>
  )
}
