import { Button } from '@mantine/core'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { InvitationLink } from '../../components/invitation-link.tsx'
import { notify } from '../../lib/notify.ts'
import { useSession } from '../../lib/session/session.ts'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { notifyWaiting } from './notify-waiting.ts'
import { refreshOf } from './refresh.ts'
import type { User } from './types.ts'

type Props = { user: User; opened: boolean; onClose: () => void }

const NOBODY_CHOOSES =
  'They choose the password themself, and are asked for their second factor, which stays as it is.'

/** A link to a new password: nobody chooses it for them, and where mail is sent nobody sees the link. */
export const SendReset = ({ user, opened, onClose }: Props) => {
  const { mail } = useSession()
  const { act, pending, failure, result, reset } = useAct({
    mutationFn: (input: Inputs['users']['sendReset']) => client.users.sendReset.mutate(input),
    refresh: refreshOf(user),
    onDone: ({ outcome }) => {
      if (outcome === 'link') return
      onClose()
      if (outcome === 'pending-approval') notifyWaiting('this link')
      else notify({ message: 'The link is on its way to them.' })
    },
  })
  const close = () => {
    onClose()
    reset()
  }
  if (result?.outcome === 'link') {
    return (
      <Dialog opened={opened} onClose={close} title="Reset the password">
        <DialogOutcome ways={<Button onClick={close}>Done</Button>}>
          <InvitationLink url={result.url} expiresAt={result.expiresAt} displayName={user.displayName} />
        </DialogOutcome>
      </Dialog>
    )
  }
  return (
    <ActDialog
      opened={opened}
      onClose={close}
      title="Reset the password"
      confirm={mail ? 'Send the link' : 'Make the link'}
      consequence={
        mail
          ? `A link goes to ${user.email}; you don’t see it. ${NOBODY_CHOOSES} For somebody with a privileged role a second person approves it first.`
          : `No mail is sent from here: you get the link and hand it over. ${NOBODY_CHOOSES}`
      }
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ userId: user.id, reason })}
    />
  )
}
