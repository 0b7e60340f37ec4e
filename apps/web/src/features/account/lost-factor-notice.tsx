import { Button } from '@mantine/core'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { When } from '../../components/when.tsx'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './account.module.css'

type Reset = NonNullable<Outputs['factors']['mine']['reset']>

/** Whoever reads this has their factor: that it was said to be lost is somebody's mistake, or worse. */
export const LostFactorNotice = ({ reset }: { reset: Reset }) => {
  const [opened, setOpened] = useState(false)
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['factors']['callOffReset']) => client.factors.callOffReset.mutate(input),
    refresh: [{ queryKey: trpc.factors.mine.queryKey() }, { queryKey: trpc.notices.mine.queryKey() }],
    onDone: () => {
      setOpened(false)
      notify({ message: 'Called off. Tell the security officer, if you have not lost anything.' })
    },
  })
  return (
    <div className={classes.within}>
      <Notice tone="warn" title="Two administrators agreed that you have lost your second factor">
        <p>
          From <When at={reset.opensAt} /> to <When at={reset.expiresAt} />, another can be set up in the
          place of all of these, by a link and your password.
        </p>
        <Button size="xs" variant="default" onClick={() => setOpened(true)}>
          I have not lost it: call this off
        </Button>
      </Notice>
      <ActDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title="Call off the new second factor"
        reason="none"
        confirm="Call it off"
        consequence="Nothing is set up in the place of your second factors, and the link stops working. If you did not ask for it, somebody tried to get into your account: tell the security officer."
        pending={pending}
        failure={failure}
        onConfirm={() => act({ id: reset.id })}
      />
    </div>
  )
}
