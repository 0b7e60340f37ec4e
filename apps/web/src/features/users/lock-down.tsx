import { ActDialog } from '../../components/act-dialog.tsx'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { notifyWaiting } from './notify-waiting.ts'
import { refreshOf } from './refresh.ts'
import type { User } from './types.ts'

type Props = { user: User; opened: boolean; onClose: () => void }

/** For what can't wait: undone by somebody else, so it is better done once too often. */
export const LockDown = ({ user, opened, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['users']['lockDown']) => client.users.lockDown.mutate(input),
    refresh: refreshOf(user),
    onDone: ({ outcome }) => {
      onClose()
      if (outcome === 'pending-approval') notifyWaiting('this lockdown')
      else notify({ message: 'Locked down. Somebody else confirms or lifts it.' })
    },
  })
  return (
    <ActDialog
      opened={opened}
      onClose={onClose}
      title="Lock the account down"
      destructive
      confirm={`Lock ${user.displayName} down`}
      consequence={`${user.displayName} is signed out everywhere at once and can’t sign in, until somebody else lifts it under Approvals. Where they hold a privileged role, you can neither ask for nor decide on what takes two people until then.`}
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ userId: user.id, reason })}
    />
  )
}

export const Reactivate = ({ user, opened, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['users']['reactivate']) => client.users.reactivate.mutate(input),
    refresh: refreshOf(user),
    onDone: () => {
      onClose()
      notifyWaiting('the reactivation')
    },
  })
  return (
    <ActDialog
      opened={opened}
      onClose={onClose}
      title="Reactivate the account"
      confirm="Request the reactivation"
      consequence={`Once a second person has approved, ${user.displayName} can be invited anew. They choose a new password and enrol a new factor; no role comes back by itself.`}
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ userId: user.id, reason })}
    />
  )
}
