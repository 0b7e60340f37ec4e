import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ActForm } from '../../components/act-form.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { notify } from '../../lib/notify.ts'
import { client, type Outputs, queryClient, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './approvals.module.css'
import type { Approval, Decision } from './decision.ts'
import { TermsView } from './terms.tsx'

interface Props {
  decision: Decision
  onClose: () => void
}

const consequenceOf = (verdict: Decision['verdict'], kind: Approval['kind']): string => {
  if (verdict === 'approve') return 'You are the second person. Once you approve, this takes effect at once:'
  return kind === 'lockdown'
    ? 'Once you reject it, the lockdown is lifted, where it is in force:'
    : 'Once you reject it, this request is closed, and nothing changes:'
}

/** What is decided is what is shown: asked for as the dialog opens, and anew where it has changed since. */
export const DecisionForm = ({ decision: { approval, verdict }, onClose }: Props) => {
  const answer = useQuery({
    ...trpc.approvals.get.queryOptions({ id: approval.id }),
    staleTime: 0,
    gcTime: 0,
  })
  const { act, pending, failure } = useAct({
    mutationFn: ({ hash, reason }: { hash: string; reason: string }) =>
      verdict === 'approve'
        ? client.approvals.approve.mutate({ id: approval.id, hash, ...(reason === '' ? {} : { reason }) })
        : client.approvals.reject.mutate({ id: approval.id, hash, reason }),
    refresh: [{ queryKey: trpc.approvals.list.queryKey() }],
    onDone: () => {
      onClose()
      notify({ message: verdict === 'approve' ? 'Approved. It is in force now.' : 'Rejected.' })
      void queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() })
      void queryClient.invalidateQueries({ queryKey: trpc.roles.pathKey() })
      void queryClient.invalidateQueries({ queryKey: trpc.uploads.pathKey() })
    },
  })
  const { refetch } = answer
  const isStale = failure?.code === 'CONFLICT'
  useEffect(() => {
    if (isStale) void refetch()
  }, [isStale, refetch])
  return (
    <Loaded answer={answer} height={420}>
      {(shown: Outputs['approvals']['get']) => (
        <ActForm
          destructive={verdict === 'reject'}
          confirm={verdict === 'approve' ? 'Approve' : 'Reject'}
          reason={verdict === 'approve' ? 'optional' : 'required'}
          consequence={
            <Stack gap="sm">
              {/* Read from its beginning: what is signed stands before the field for a reason. */}
              <div tabIndex={-1} data-autofocus className={classes.first}>
                {consequenceOf(verdict, approval.kind)}
              </div>
              <TermsView shown={shown} />
            </Stack>
          }
          pending={pending}
          failure={failure}
          onConfirm={(reason) => act({ hash: shown.hash, reason })}
        />
      )}
    </Loaded>
  )
}
