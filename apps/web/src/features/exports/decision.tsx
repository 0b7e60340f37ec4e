import { Button } from '@mantine/core'
import { lazyRouteComponent } from '@tanstack/react-router'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useCan } from '../../lib/session/session.ts'
import { client } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import type { ExportView } from './export-view.ts'
import { refreshOf } from './refresh.ts'

const ApproveForm = lazyRouteComponent(() => import('./approve-form.tsx'), 'ApproveForm')

type Verdict = 'approve' | 'reject'

/** The privacy officer's decision. Nobody decides on their own request. */
export const Decision = ({ request }: { request: ExportView }) => {
  const can = useCan()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (reason: string) => client.exports.reject.mutate({ id: request.id, reason }),
    refresh: refreshOf(request),
    onDone: () => close(),
  })
  const close = () => {
    setVerdict(null)
    reset()
  }
  if (request.status !== 'requested' || request.mine || !can('export:request:decide')) return null
  return (
    <>
      <Button variant="default" onClick={() => setVerdict('reject')}>
        Reject
      </Button>
      <Button onClick={() => setVerdict('approve')}>Approve</Button>
      <Dialog opened={verdict === 'approve'} onClose={close} title="Approve the export">
        <ApproveForm request={request} onClose={close} />
      </Dialog>
      <ActDialog
        opened={verdict === 'reject'}
        onClose={close}
        title="Reject the export"
        destructive
        confirm="Reject"
        consequence={`${request.requestedBy.displayName} is told your reason. Nothing is built.`}
        pending={pending}
        failure={failure}
        onConfirm={act}
      />
    </>
  )
}
