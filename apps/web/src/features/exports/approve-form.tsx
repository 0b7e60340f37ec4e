import { approveExportInput } from '@chartward/contract'
import { Checkbox } from '@mantine/core'
import { DialogForm } from '../../components/dialog-form.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { typePlural } from '../../lib/fhir/labels.ts'
import { client } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import type { ExportView } from './export-view.ts'
import { refreshOf } from './refresh.ts'

export const ApproveForm = ({ request, onClose }: { request: ExportView; onClose: () => void }) => {
  const { act, pending, failure } = useAct({
    mutationFn: (reason: string) =>
      client.exports.approve.mutate({ id: request.id, reason, attestation: true }),
    refresh: refreshOf(request),
    onDone: onClose,
  })
  const fields = useContractForm({
    schema: approveExportInput,
    start: { reason: '', attestation: false },
    input: ({ reason, attestation }) => ({ id: request.id, reason: reason.trim(), attestation }),
    says: { attestation: 'Without this nothing can be released.' },
    failure,
  })
  const records = request.types.map(typePlural).join(', ')
  return (
    <DialogForm
      confirm="Approve and build"
      fields={fields}
      pending={pending}
      // The schema takes no input in which the box is not ticked.
      onSubmit={({ reason }) => act(reason)}
    >
      <div>
        {request.requestedBy.displayName} will be able to download {records} of every patient, de-identified
        by Safe Harbor, for a limited time.
      </div>
      <ReasonField {...fields.field('reason')} />
      <Checkbox
        label="I have no actual knowledge that the information left could identify a person (45 CFR 164.514(b)(2)(ii))."
        {...fields.box('attestation')}
      />
    </DialogForm>
  )
}
