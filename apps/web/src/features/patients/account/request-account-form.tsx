import { requestPatientAccountInput } from '@chartward/contract'
import { TextInput } from '@mantine/core'
import { DialogForm } from '../../../components/dialog-form.tsx'
import { EmailField } from '../../../components/email-field.tsx'
import { ReasonField } from '../../../components/reason-field.tsx'
import { notify } from '../../../lib/notify.ts'
import { client, type Inputs, trpc } from '../../../lib/trpc.ts'
import { useAct } from '../../../lib/use-act.ts'
import { useContractForm } from '../../../lib/use-contract-form.ts'

type Props = { patientId: string; onClose: () => void }

export const RequestAccountForm = ({ patientId, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['patientAccounts']['request']) => client.patientAccounts.request.mutate(input),
    refresh: [{ queryKey: trpc.patientAccounts.get.queryKey({ patientId }) }],
    onDone: () => {
      notify({ message: 'Asked for. The privacy officer decides.' })
      onClose()
    },
  })
  const fields = useContractForm({
    schema: requestPatientAccountInput,
    start: { displayName: '', email: '', reason: '' },
    input: ({ displayName, email, reason }) => ({ patientId, displayName, email, reason: reason.trim() }),
    failure,
  })
  return (
    <DialogForm confirm="Ask for it" fields={fields} pending={pending} onSubmit={act}>
      <div>
        With an account the patient reads their whole record. Make sure who they are, by a document that you
        have seen, and say in the reason how. A second person makes sure again before anything is sent.
      </div>
      <TextInput
        label="Name"
        autoComplete="off"
        required
        withAsterisk={false}
        {...fields.field('displayName')}
      />
      <EmailField
        label="E-mail of the patient"
        description="Theirs alone: whoever reads it can take the account over."
        {...fields.field('email')}
      />
      <ReasonField
        label="How you made sure who this is"
        description="Kept in the audit log. Say which document you have seen, and no number of it."
        {...fields.field('reason')}
      />
    </DialogForm>
  )
}
