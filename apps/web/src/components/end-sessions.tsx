import { countOf } from '../lib/format.ts'
import { notify } from '../lib/notify.ts'
import { client, type Inputs, trpc } from '../lib/trpc.ts'
import { useAct } from '../lib/use-act.ts'
import { ActDialog } from './act-dialog.tsx'

export interface Ending {
  readonly user: { readonly id: string; readonly displayName: string }
  /** One by its id, with what it is called, or all that are open. */
  readonly which: 'all' | { readonly id: string; readonly device: string }
}

interface Props {
  ending: Ending | null
  onClose: () => void
}

/** Ends sessions of somebody else, with a reason. */
export const EndSessions = ({ ending, onClose }: Props) => {
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['sessions']['end']) => client.sessions.end.mutate(input),
    refresh: [
      { queryKey: trpc.sessions.list.queryKey() },
      ...(ending === null ? [] : [{ queryKey: trpc.users.get.queryKey({ id: ending.user.id }) }]),
    ],
    onDone: ({ ended }) => {
      close()
      notify({ message: `${countOf(ended, 'session')} ended.` })
    },
  })
  const close = () => {
    onClose()
    reset()
  }
  const name = ending?.user.displayName ?? ''
  const which = ending?.which ?? 'all'
  const device = which === 'all' ? '' : which.device
  return (
    <ActDialog
      opened={ending !== null}
      onClose={close}
      title={which === 'all' ? 'End all sessions' : 'End a session'}
      destructive
      confirm={which === 'all' ? `End all sessions of ${name}` : 'End the session'}
      consequence={
        which === 'all'
          ? `${name} is signed out everywhere with their next step, and what they have not saved is lost. They can sign in again at once: to prevent that, lock the account down.`
          : `${name} is signed out of ${device} with their next step there, and what they have not saved is lost. They can sign in again at once: to prevent that, lock the account down.`
      }
      pending={pending}
      failure={failure}
      onConfirm={(reason) => {
        if (ending !== null)
          act({ userId: ending.user.id, sessions: which === 'all' ? 'all' : [which.id], reason })
      }}
    />
  )
}
