import { requestPractitionerLinkInput } from '@chartward/contract'
import { TextInput } from '@mantine/core'
import { DialogForm } from '../../components/dialog-form.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { notifyWaiting } from './notify-waiting.ts'
import { refreshOf } from './refresh.ts'
import type { User } from './types.ts'

export const LinkPractitionerForm = ({ user, onClose }: { user: User; onClose: () => void }) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['users']['requestPractitionerLink']) =>
      client.users.requestPractitionerLink.mutate(input),
    refresh: refreshOf(user),
    onDone: ({ practitioner }) => {
      onClose()
      notifyWaiting(`the link to ${practitioner.name}`)
    },
  })
  const fields = useContractForm({
    schema: requestPractitionerLinkInput,
    start: { npi: '', reason: '' },
    input: ({ npi, reason }) => ({ userId: user.id, npi, reason: reason.trim() }),
    says: { npi: 'Digits only, ten of them.' },
    failure,
  })
  return (
    <DialogForm confirm="Request the link" fields={fields} pending={pending} onSubmit={act}>
      <div>
        Once a second person has approved, {user.displayName} has a care relationship with each patient whom
        this practitioner has seen.
      </div>
      <TextInput
        label="NPI"
        description="The practitioner’s National Provider Identifier: ten digits."
        inputMode="numeric"
        required
        withAsterisk={false}
        {...fields.field('npi')}
      />
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}
