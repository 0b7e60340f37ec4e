import { notifications } from '@mantine/notifications'
import { ActDialog } from '../../components/act-dialog.tsx'
import { client, type Outputs, queryClient, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

export type Approval = Outputs['approvals']['list']['items'][number]
type Verdict = 'approve' | 'reject'

export interface Decision {
  readonly approval: Approval
  readonly verdict: Verdict
}

interface Props {
  decision: Decision | null
  onClose: () => void
}

/** Asks once more before a request of someone else's takes effect or is turned down. */
export const DecisionDialog = ({ decision, onClose }: Props) => {
  const { act, pending, failure, reset } = useAct({
    mutationFn: ({ id, verdict, reason }: { id: string; verdict: Verdict; reason: string }) =>
      verdict === 'approve'
        ? client.approvals.approve.mutate({ id, ...(reason === '' ? {} : { reason }) })
        : client.approvals.reject.mutate({ id, reason }),
    refresh: [{ queryKey: trpc.approvals.list.queryKey() }],
    onDone: (_, { verdict }) => {
      close()
      notifications.show({ message: verdict === 'approve' ? 'Approved. It is in force now.' : 'Rejected.' })
      void queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() })
    },
  })
  const close = () => {
    onClose()
    reset()
  }
  const approve = decision?.verdict === 'approve'
  return (
    <ActDialog
      opened={decision !== null}
      onClose={close}
      title={approve ? 'Approve' : 'Reject'}
      destructive={!approve}
      confirm={approve ? 'Approve' : 'Reject'}
      reason={approve ? 'optional' : 'required'}
      consequence={
        decision === null ? null : (
          <>
            <strong>{decision.approval.detail}</strong> for {decision.approval.subject.label}, requested by{' '}
            {decision.approval.requestedBy.displayName}:{' '}
            {approve ? 'it takes effect at once.' : 'nothing changes.'}
          </>
        )
      }
      pending={pending}
      failure={failure}
      onConfirm={(reason) => {
        if (decision !== null) act({ id: decision.approval.id, verdict: decision.verdict, reason })
      }}
    />
  )
}
