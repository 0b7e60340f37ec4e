import { changeAddressInput, renameUserInput } from '@chartward/contract'
import { Button, TextInput } from '@mantine/core'
import { DialogForm } from '../../components/dialog-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { EmailField } from '../../components/email-field.tsx'
import { InvitationLink } from '../../components/invitation-link.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { notify } from '../../lib/notify.ts'
import { useSession } from '../../lib/session/session.ts'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { notifyWaiting } from './notify-waiting.ts'
import { refreshOf } from './refresh.ts'
import type { User } from './types.ts'

type Props = { user: User; onClose: () => void }

const WAITS = 'For somebody with a privileged role a second person approves it first.'

export const RenameForm = ({ user, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['users']['rename']) => client.users.rename.mutate(input),
    refresh: refreshOf(user),
    onDone: ({ outcome }) => {
      onClose()
      if (outcome === 'pending-approval') notifyWaiting('the new name')
      else notify({ message: 'The name is changed, and they are told.' })
    },
  })
  const fields = useContractForm({
    schema: renameUserInput,
    start: { displayName: user.displayName, reason: '' },
    input: ({ displayName, reason }) => ({ userId: user.id, displayName, reason: reason.trim() }),
    failure,
  })
  return (
    <DialogForm confirm="Change the name" fields={fields} pending={pending} onSubmit={act}>
      <div>The person is told. {WAITS}</div>
      <TextInput
        label="Name"
        autoComplete="off"
        required
        withAsterisk={false}
        {...fields.field('displayName')}
      />
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}

export const AddressForm = ({ user, onClose }: Props) => {
  const { mail } = useSession()
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: Inputs['users']['changeAddress']) => client.users.changeAddress.mutate(input),
    refresh: refreshOf(user),
    onDone: ({ outcome }) => {
      if (outcome === 'link') return
      onClose()
      if (outcome === 'pending-approval') notifyWaiting('the new address')
      else if (outcome === 'mailed') notify({ message: 'A link is on its way to the new address.' })
      else notify({ message: 'The address is changed. Invite them anew: the earlier link is withdrawn.' })
    },
  })
  const fields = useContractForm({
    schema: changeAddressInput,
    start: { email: '', reason: '' },
    input: ({ email, reason }) => ({ userId: user.id, email, reason: reason.trim() }),
    failure,
  })
  if (result?.outcome === 'link') {
    return (
      <DialogOutcome ways={<Button onClick={onClose}>Done</Button>}>
        <InvitationLink url={result.url} expiresAt={result.expiresAt} displayName={user.displayName} />
      </DialogOutcome>
    )
  }
  const how =
    user.status === 'invited'
      ? 'They have not come in yet, so it counts at once, and the invitation that went to the earlier address is withdrawn.'
      : mail
        ? `It counts once it is confirmed by a link that goes there; ${user.email} is told. ${WAITS}`
        : `It counts once it is confirmed by a link. No mail is sent from here: you get the link, and send it there yourself.`
  return (
    <DialogForm confirm="Change the address" fields={fields} pending={pending} onSubmit={act}>
      <div>{how}</div>
      <EmailField label="New work e-mail" {...fields.field('email')} />
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}
