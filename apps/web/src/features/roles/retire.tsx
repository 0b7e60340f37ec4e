import { ActDialog } from '../../components/act-dialog.tsx'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { REFRESH } from './refresh.ts'

type Props = { role: Outputs['roles']['get']; opened: boolean; onClose: () => void }

/** Takes a role off the list of those that can be given. */
export const Retire = ({ role: { name, title }, opened, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['roles']['retire']) => client.roles.retire.mutate(input),
    refresh: REFRESH,
    onDone: () => {
      onClose()
      notify({ message: 'Retired. Nobody is given it any more.' })
    },
  })
  return (
    <ActDialog
      opened={opened}
      onClose={onClose}
      title="Retire the role"
      destructive
      confirm={`Retire ${title}`}
      consequence="Nobody can be given it any more, and no version of it comes into force. It can’t be taken back: a copy of it is another role."
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ name, reason })}
    />
  )
}
