import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { ActDialog } from '../../../components/act-dialog.tsx'
import { Facts } from '../../../components/facts.tsx'
import { When } from '../../../components/when.tsx'
import { notify } from '../../../lib/notify.ts'
import { useCan } from '../../../lib/session/session.ts'
import { client, type Outputs, queryClient, trpc } from '../../../lib/trpc.ts'
import { useAct } from '../../../lib/use-act.ts'
import { DESTROY, LIFT_HOLD } from './words.ts'

type Asked = NonNullable<Outputs['shred']['get']['asked']>
type Verdict = 'approve' | 'reject'

interface Props {
  patientId: string
  asked: Asked
  /** What is asked for. */
  of: 'shred' | 'lift'
}

const CALLS = {
  shred: { approve: client.shred.approve, reject: client.shred.reject },
  lift: { approve: client.shred.approveLift, reject: client.shred.rejectLift },
} as const

/** What waits for a second person about this patient, and how whoever may decides it. */
export const Decision = ({ patientId, asked, of }: Props) => {
  const can = useCan()
  const [deciding, setDeciding] = useState<Verdict | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (reason: string) =>
      CALLS[of][deciding ?? 'reject'].mutate({ patientId, approvalId: asked.approvalId, reason }),
    refresh: [{ queryKey: trpc.shred.pathKey() }, { queryKey: trpc.patients.pathKey() }],
    onDone: () => {
      const done = of === 'shred' ? 'Approved. The keys are destroyed.' : 'Approved. The hold is lifted.'
      notify({ message: deciding === 'approve' ? done : 'Rejected.' })
      setDeciding(null)
      void queryClient.invalidateQueries({ queryKey: trpc.needsYou.pathKey() })
    },
  })
  const decide = (verdict: Verdict) => {
    reset()
    setDeciding(verdict)
  }
  const what = of === 'shred' ? 'the destruction' : 'the end of the hold'
  return (
    <Stack gap="sm">
      <Facts
        items={[
          ['Asked for by', asked.by.displayName],
          ['Asked for', <When key="at" at={asked.at} />],
          ['Why', `“${asked.reason}”`],
          ['Lapses', <When key="ends" at={asked.expiresAt} />],
        ]}
      />
      {asked.mine ? (
        <p>You asked for it: somebody else decides.</p>
      ) : can(of === 'shred' ? 'vault:shred:decide' : 'vault:hold:decide') ? (
        <Group gap="xs">
          <Button {...(of === 'shred' ? { color: 'red' } : {})} onClick={() => decide('approve')}>
            {of === 'shred' ? 'Approve the destruction' : 'Approve the end of the hold'}
          </Button>
          <Button variant="default" onClick={() => decide('reject')}>
            Reject
          </Button>
        </Group>
      ) : (
        <p>The privacy officer decides.</p>
      )}
      <ActDialog
        opened={deciding !== null}
        onClose={() => setDeciding(null)}
        title={deciding === 'approve' ? `Approve ${what}` : `Reject ${what}`}
        confirm={deciding === 'approve' ? 'Approve' : 'Reject'}
        destructive={of === 'shred' && deciding === 'approve'}
        consequence={
          deciding !== 'approve'
            ? 'The request is closed, and nothing changes. It can be asked for anew.'
            : of === 'shred'
              ? DESTROY
              : LIFT_HOLD
        }
        pending={pending}
        failure={failure}
        onConfirm={act}
      />
    </Stack>
  )
}
