import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { typePlural } from '../../lib/fhir/labels.ts'
import { useCan } from '../../lib/session/session.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import type { ExportView } from './export-view.ts'

type Verdict = 'approve' | 'reject'

/** The privacy officer's decision. Nobody decides on their own request. */
export const Decision = ({ request }: { request: ExportView }) => {
  const can = useCan()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [attested, setAttested] = useState(false)
  const { act, pending, failure, reset } = useAct({
    mutationFn: ({ verdict: given, reason }: { verdict: Verdict; reason: string }) =>
      given === 'approve'
        ? client.exports.approve.mutate({ id: request.id, reason, attestation: true })
        : client.exports.reject.mutate({ id: request.id, reason }),
    refresh: [
      { queryKey: trpc.exports.get.queryKey({ id: request.id }) },
      { queryKey: trpc.exports.list.queryKey() },
    ],
    onDone: () => close(),
  })
  const close = () => {
    setVerdict(null)
    setAttested(false)
    reset()
  }
  if (request.status !== 'requested' || request.mine || !can('export:request:decide')) return null
  const approve = verdict === 'approve'
  const records = request.types.map(typePlural).join(', ')
  return (
    <>
      <Button variant="default" onClick={() => setVerdict('reject')}>
        Reject
      </Button>
      <Button onClick={() => setVerdict('approve')}>Approve</Button>
      <ActDialog
        opened={verdict !== null}
        onClose={close}
        title={approve ? 'Approve the export' : 'Reject the export'}
        destructive={!approve}
        confirm={approve ? 'Approve and build' : 'Reject'}
        ready={!approve || attested}
        consequence={
          approve
            ? `${request.requestedBy.displayName} will be able to download ${records} of every patient, de-identified by Safe Harbor, for a limited time.`
            : `${request.requestedBy.displayName} is told your reason. Nothing is built.`
        }
        pending={pending}
        failure={failure}
        onConfirm={(reason) => {
          if (verdict !== null) act({ verdict, reason })
        }}
      >
        {approve ? (
          <Checkbox
            label="I have no actual knowledge that the information left could identify a person (45 CFR 164.514(b)(2)(ii))."
            checked={attested}
            onChange={(event) => setAttested(event.currentTarget.checked)}
          />
        ) : null}
      </ActDialog>
    </>
  )
}
