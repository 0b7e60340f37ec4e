import { Button } from '@mantine/core'
import { lazyRouteComponent } from '@tanstack/react-router'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useCan } from '../../lib/session/session.ts'
import { client, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { refreshOf } from './refresh.ts'

const ReviewForm = lazyRouteComponent(() => import('./review-form.tsx'), 'ReviewForm')

type Use = Outputs['breakGlass']['get']

/** A use that is open can be ended; one that is over is reviewed. Nobody does either for their own. */
export const UseActs = ({ use }: { use: Use }) => {
  const can = useCan()
  const [doing, setDoing] = useState<'end' | 'review' | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (reason: string) => client.breakGlass.end.mutate({ id: use.id, reason }),
    refresh: refreshOf(use.id),
    onDone: () => close(),
  })
  const close = () => {
    setDoing(null)
    reset()
  }
  if (use.mine || use.review !== null) return null
  return (
    <>
      {use.open && can('care:break-glass:end') ? (
        <Button color="red" onClick={() => setDoing('end')}>
          End it
        </Button>
      ) : null}
      {!use.open && can('care:break-glass:review') ? (
        <Button onClick={() => setDoing('review')}>Review</Button>
      ) : null}
      <ActDialog
        opened={doing === 'end'}
        onClose={close}
        title="End this use of break-glass"
        destructive
        confirm="End it"
        consequence={`${use.by.displayName} can no longer open this chart, from their next request on, and is told so.`}
        pending={pending}
        failure={failure}
        onConfirm={act}
      />
      <Dialog opened={doing === 'review'} onClose={close} title="Review this use of break-glass">
        <ReviewForm use={use} onClose={close} />
      </Dialog>
    </>
  )
}
