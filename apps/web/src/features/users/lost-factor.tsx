import { Button, Stack } from '@mantine/core'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { LinkToCopy } from '../../components/invitation-link.tsx'
import { Notice } from '../../components/notice.tsx'
import { formatExact } from '../../lib/format.ts'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { notifyWaiting } from './notify-waiting.ts'
import { refreshOf } from './refresh.ts'
import type { User } from './types.ts'

type Props = { user: User; opened: boolean; onClose: () => void }

/** Two administrators make sure, each for themselves, who it is. */
export const LostFactor = ({ user, opened, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['users']['reportLostFactor']) => client.users.reportLostFactor.mutate(input),
    refresh: refreshOf(user),
    onDone: () => {
      onClose()
      notifyWaiting('it, and make sure of the person, too')
    },
  })
  return (
    <ActDialog
      opened={opened}
      onClose={onClose}
      title="A lost second factor"
      confirm="Request another factor"
      consequence={`Say in the reason how you have made sure that it is ${user.displayName}: seen in person, by which document. A second person makes sure anew. Then ${user.displayName} is signed out and sets up another factor by a link and the password that they have; with a privileged role, after a waiting time in which they can call it off.`}
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ userId: user.id, reason })}
    />
  )
}

export const ResetLink = ({ user, opened, onClose }: Props) => {
  const { act, pending, failure, result, reset } = useAct({
    mutationFn: (input: Inputs['users']['factorResetLink']) => client.users.factorResetLink.mutate(input),
    refresh: refreshOf(user),
  })
  const close = () => {
    onClose()
    reset()
  }
  if (result === undefined) {
    return (
      <ActDialog
        opened={opened}
        onClose={close}
        title="The link to another second factor"
        reason="none"
        confirm="Make the link"
        consequence={`You are shown a link to hand over to ${user.displayName}. It works once, and with their password alone. One that was made before stops working.`}
        pending={pending}
        failure={failure}
        onConfirm={() => act({ userId: user.id })}
      />
    )
  }
  return (
    <Dialog opened={opened} onClose={close} title="The link to another second factor">
      <DialogOutcome ways={<Button onClick={close}>Done</Button>}>
        <Stack gap="sm">
          <Notice tone="warn" title="This link is shown only now">
            Hand it to {user.displayName} by a channel you trust. It opens nothing without their password;
            that you were shown it stands in the audit log. It works once, until{' '}
            {formatExact(result.expiresAt)}.
          </Notice>
          <LinkToCopy url={result.url} />
        </Stack>
      </DialogOutcome>
    </Dialog>
  )
}
