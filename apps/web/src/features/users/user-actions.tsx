import { Button } from '@mantine/core'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { Invited } from '../../components/invitation-link.tsx'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { ChangeAddress, ChangeName } from './change-identity.tsx'
import { LinkPractitioner } from './link-practitioner.tsx'
import { LockDown, Reactivate } from './lock-down.tsx'
import { notifyWaiting } from './notify-waiting.ts'
import { refreshOf } from './refresh.ts'
import { SendReset } from './send-reset.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import type { User } from './types.ts'

type Open =
  | 'reinvite'
  | 'reset'
  | 'name'
  | 'address'
  | 'link'
  | 'transfer'
  | 'lockdown'
  | 'deactivate'
  | 'reactivate'
  | null

/** What can be done to the account as a whole. Nobody does it to themselves. */
export const UserActions = ({ user }: { user: User }) => {
  const can = useCan()
  const { user: me } = useSession()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  if (user.id === me.id) return null
  const isOpen = user.status === 'active' || user.status === 'invited'
  return (
    <>
      {user.status === 'invited' && can('account:user:invite') ? (
        <Button variant="default" onClick={() => setOpen('reinvite')}>
          New invitation
        </Button>
      ) : null}
      {user.status === 'active' && user.mfa && can('account:password:reset') ? (
        <Button variant="default" onClick={() => setOpen('reset')}>
          Reset the password
        </Button>
      ) : null}
      {isOpen && can('account:user:change') ? (
        <>
          <Button variant="default" onClick={() => setOpen('name')}>
            Change the name
          </Button>
          <Button variant="default" onClick={() => setOpen('address')}>
            Change the address
          </Button>
        </>
      ) : null}
      {isOpen && user.practitioner === null && can('account:practitioner:link') ? (
        <Button variant="default" onClick={() => setOpen('link')}>
          Link to a practitioner
        </Button>
      ) : null}
      {isOpen && can('account:people:change') ? (
        <Button variant="default" onClick={() => setOpen('transfer')}>
          Transfer
        </Button>
      ) : null}
      {isOpen && can('account:lockdown:start') ? (
        <Button variant="default" onClick={() => setOpen('lockdown')}>
          Lock down
        </Button>
      ) : null}
      {!isOpen && can('account:user:reactivate') ? (
        <Button variant="default" onClick={() => setOpen('reactivate')}>
          Reactivate
        </Button>
      ) : null}
      {user.status !== 'deactivated' && can('account:user:deactivate') ? (
        <Button variant="default" onClick={() => setOpen('deactivate')}>
          Deactivate
        </Button>
      ) : null}
      <Reinvite user={user} opened={open === 'reinvite'} onClose={close} />
      <SendReset user={user} opened={open === 'reset'} onClose={close} />
      <ChangeName user={user} opened={open === 'name'} onClose={close} />
      <ChangeAddress user={user} opened={open === 'address'} onClose={close} />
      <LinkPractitioner user={user} opened={open === 'link'} onClose={close} />
      <TransferDialog user={user} opened={open === 'transfer'} onClose={close} />
      <LockDown user={user} opened={open === 'lockdown'} onClose={close} />
      <Reactivate user={user} opened={open === 'reactivate'} onClose={close} />
      <Deactivate user={user} opened={open === 'deactivate'} onClose={close} />
    </>
  )
}

type Props = { user: User; opened: boolean; onClose: () => void }

const Reinvite = ({ user, opened, onClose }: Props) => {
  const { mail } = useSession()
  const { act, pending, failure, result, reset } = useAct({
    mutationFn: (input: Inputs['users']['reinvite']) => client.users.reinvite.mutate(input),
    refresh: refreshOf(user),
  })
  const close = () => {
    onClose()
    reset()
  }
  if (result !== undefined) {
    return (
      <Dialog opened={opened} onClose={close} title="New invitation">
        <DialogOutcome ways={<Button onClick={close}>Done</Button>}>
          <Invited url={result.invitationUrl} expiresAt={result.expiresAt} displayName={user.displayName} />
        </DialogOutcome>
      </Dialog>
    )
  }
  return (
    <ActDialog
      opened={opened}
      onClose={close}
      title="New invitation"
      reason="none"
      confirm={mail ? 'Send a new link' : 'Make a new link'}
      consequence={`The link that ${user.displayName} was given stops working. ${mail ? `A new one goes to ${user.email}.` : 'No mail is sent from here: you get the new one to hand over.'}`}
      pending={pending}
      failure={failure}
      onConfirm={() => act({ id: user.id })}
    />
  )
}

const Deactivate = ({ user, opened, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['users']['deactivate']) => client.users.deactivate.mutate(input),
    refresh: refreshOf(user),
    onDone: ({ outcome }) => {
      onClose()
      if (outcome === 'pending-approval') notifyWaiting('the deactivation')
    },
  })
  return (
    <ActDialog
      opened={opened}
      onClose={onClose}
      title="Deactivate the account"
      destructive
      confirm={`Deactivate ${user.displayName}`}
      consequence={`${user.displayName} is signed out and can’t sign in again: at once, or, for somebody with a privileged role, once a second person has approved. What they did stays in the audit log under their name.`}
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ id: user.id, reason })}
    />
  )
}
