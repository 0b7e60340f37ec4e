import { Stack } from '@mantine/core'
import { ActDialog } from '../../components/act-dialog.tsx'
import { notify } from '../../lib/notify.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { type Approval, Terms } from './terms.tsx'

type Verdict = 'approve' | 'reject'

export interface Decision {
  readonly approval: Approval
  readonly verdict: Verdict
}

interface Props {
  decision: Decision | null
  onClose: () => void
}

/** Shows all that a request asks for, and asks once more before it takes effect or is turned down. */
export const DecisionDialog = ({ decision, onClose }: Props) => {
  const { act, pending, failure, reset } = useAct({
    mutationFn: ({ id, verdict, reason }: { id: string; verdict: Verdict; reason: string }) =>
      verdict === 'approve'
        ? client.approvals.approve.mutate({ id, ...(reason === '' ? {} : { reason }) })
        : client.approvals.reject.mutate({ id, reason }),
    refresh: [{ queryKey: trpc.approvals.list.queryKey() }],
    onDone: (_, { verdict }) => {
      close()
      notify({ message: verdict === 'approve' ? 'Approved. It is in force now.' : 'Rejected.' })
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
      size="lg"
      destructive={!approve}
      confirm={approve ? 'Approve' : 'Reject'}
      reason={approve ? 'optional' : 'required'}
      consequence={
        decision === null ? null : (
          <Stack gap="sm">
            <div>
              {approve
                ? 'You are the second person. Once you approve, this takes effect at once:'
                : decision.approval.kind === 'lockdown'
                  ? 'Once you reject it, the lockdown is lifted, where it is in force:'
                  : 'Once you reject it, this request is closed, and nothing changes:'}
            </div>
            <Terms approval={decision.approval} />
          </Stack>
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
