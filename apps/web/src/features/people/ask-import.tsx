import { Button } from '@mantine/core'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { countOf } from '../../lib/format.ts'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import type { FullChange } from './words.ts'

interface Props {
  id: string
  difference: NonNullable<FullChange['difference']>
  opened: boolean
  onClose: () => void
}

/** Asks that a file is carried out exactly as it was shown; or deletes it. */
export const AskImport = ({ id, difference, opened, onClose }: Props) => {
  const [discarding, setDiscarding] = useState(false)
  const refresh = [{ queryKey: trpc.people.get.queryKey() }, { queryKey: trpc.people.list.queryKey() }]
  const { hash, counts } = difference
  const asked = useAct({
    mutationFn: (input: Inputs['people']['requestImport']) => client.people.requestImport.mutate(input),
    refresh: [...refresh, { queryKey: trpc.approvals.list.queryKey() }],
    onDone: () => {
      onClose()
      notify({
        title: 'Waits for approval',
        message: 'Somebody else has to approve the import under Approvals.',
      })
    },
  })
  const discarded = useAct({
    mutationFn: (input: Inputs['people']['discard']) => client.people.discard.mutate(input),
    refresh,
    onDone: () => setDiscarding(false),
  })
  return (
    <>
      <ActDialog
        opened={opened}
        onClose={onClose}
        title="Ask for approval"
        confirm="Ask for approval"
        consequence={`Once somebody else agrees on exactly this, ${countOf(counts.create, 'account')} will be made and ${countOf(counts.change, 'person', 'people')} changed. ${countOf(counts.refused, 'line')} will not be carried out.`}
        pending={asked.pending}
        failure={asked.failure}
        onConfirm={(reason) => asked.act({ id, hash, reason })}
      />
      <Button variant="default" onClick={() => setDiscarding(true)}>
        Discard the file
      </Button>
      <ActDialog
        opened={discarding}
        onClose={() => setDiscarding(false)}
        title="Discard the file"
        reason="none"
        destructive
        confirm="Discard it"
        consequence="The file is deleted. Nobody has been changed by it."
        pending={discarded.pending}
        failure={discarded.failure}
        onConfirm={() => discarded.act({ id })}
      />
    </>
  )
}
