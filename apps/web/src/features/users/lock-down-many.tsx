import { Button, List } from '@mantine/core'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { countOf } from '../../lib/format.ts'
import { notify } from '../../lib/notify.ts'
import { workBegun } from '../../lib/session/change-link.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

/** Somebody who is selected. */
export interface Selected {
  readonly id: string
  readonly displayName: string
}

/** So many are named; of more than that their number has to do. */
const NAMED = 12

/** Locks the selected people down in one act. Whoever does it is never among them. */
export const LockDownMany = ({ people, me }: { people: readonly Selected[]; me: string }) => {
  const [opened, setOpened] = useState(false)
  const [first, ...rest] = people.filter(({ id }) => id !== me)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['users']['lockDownMany']) => client.users.lockDownMany.mutate(input),
    refresh: [{ queryKey: trpc.users.list.queryKey() }],
    onDone: () => {
      close()
      workBegun()
      notify({ message: 'Being locked down, one after the other. How far it is stands under Long work.' })
    },
  })
  const close = () => {
    setOpened(false)
    reset()
  }
  if (first === undefined) return null
  const all = [first, ...rest]
  const named = all.slice(0, NAMED)
  return (
    <>
      <Button size="compact-xs" variant="default" color="red" onClick={() => setOpened(true)}>
        {`Lock ${countOf(all.length, 'account')} down`}
      </Button>
      <ActDialog
        opened={opened}
        onClose={close}
        size="lg"
        title={`Lock ${countOf(all.length, 'account')} down`}
        destructive
        confirm={`Lock ${countOf(all.length, 'account')} down`}
        consequence={
          <>
            <p>
              These {countOf(all.length, 'person', 'people')} and no others are signed out everywhere at once
              and can’t sign in, until somebody else lifts that under Approvals, for each of them
              {all.length < people.length ? '. You are selected too, and are left out' : ''}:
            </p>
            <List size="sm">
              {named.map(({ id, displayName }) => (
                <List.Item key={id}>{displayName}</List.Item>
              ))}
              {all.length > named.length ? (
                <List.Item>
                  and {countOf(all.length - named.length, 'more', 'more')}, selected in the list
                </List.Item>
              ) : null}
            </List>
            <p>
              Of those who hold a privileged role you lock down one; the rest are left to somebody else, and
              you can neither ask for nor decide on what takes two people until somebody has looked.
            </p>
          </>
        }
        pending={pending}
        failure={failure}
        onConfirm={(reason) => act({ userIds: [first.id, ...rest.map(({ id }) => id)], reason })}
      />
    </>
  )
}
