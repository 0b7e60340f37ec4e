import type { KeyLine } from '@chartward/contract'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ActDialog } from '../../components/act-dialog.tsx'
import { KEY_TITLES } from '../../components/key-titles.ts'
import { notify } from '../../lib/notify.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { REFRESH } from './use-keys.ts'
import { costWords, meaningOf } from './words.ts'

/** Rotates a key by hand: what that means and what it costs comes first. */
export const RotateDialog = ({ line, onClose }: { line: KeyLine; onClose: () => void }) => {
  const { purpose } = line
  const cost = useQuery({ ...trpc.keys.cost.queryOptions({ purpose }), staleTime: 0 })
  const { act, pending, failure } = useAct({
    mutationFn: (reason: string) => client.keys.rotate.mutate({ purpose, cause: 'hand', reason }),
    refresh: REFRESH,
    onDone: () => {
      onClose()
      notify({ message: 'The rotation has begun. It goes on when you leave the page.' })
    },
  })
  return (
    <ActDialog
      opened
      onClose={onClose}
      title={`Rotate: ${KEY_TITLES[purpose]}`}
      confirm="Rotate now"
      consequence={
        <>
          <p>{meaningOf(line)}</p>
          {cost.data === undefined ? <Skeleton height={18} /> : <p>{costWords(purpose, cost.data)}</p>}
        </>
      }
      pending={pending}
      failure={failure}
      onConfirm={act}
    />
  )
}
