import { Button, Group, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { UntilField } from '../../components/until-field.tsx'
import { endOfDay } from '../../lib/calendar.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import type { User } from './types.ts'

type Props = { user: User; opened: boolean; onClose: () => void }

/** Gives a role with a reason and perhaps an end. Says beforehand whether a second person has to approve. */
export const AssignRoleDialog = ({ user, opened, onClose }: Props) => {
  const [role, setRole] = useState<string | null>(null)
  const [until, setUntil] = useState('')
  const roles = useQuery({
    ...trpc.users.roles.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: opened,
  })
  const { act, pending, failure, result, reset } = useAct({
    mutationFn: (input: Inputs['users']['assignRole']) => client.users.assignRole.mutate(input),
    refresh: [
      { queryKey: trpc.users.get.queryKey({ id: user.id }) },
      { queryKey: trpc.users.list.queryKey() },
      { queryKey: trpc.approvals.list.queryKey() },
    ],
  })
  const chosen = roles.data?.find(({ name }) => name === role)
  const close = () => {
    onClose()
    reset()
    setRole(null)
    setUntil('')
  }
  if (result?.outcome === 'pending-approval') {
    return (
      <Dialog opened={opened} onClose={close} title="Waiting for a second person">
        <Stack gap="md">
          <Notice tone="info">
            {user.displayName} does not have the role yet. A second person has to approve it under Approvals,
            once {user.displayName} has enrolled; you can’t approve your own request.
          </Notice>
          <Group justify="flex-end">
            <Button onClick={close}>Done</Button>
          </Group>
        </Stack>
      </Dialog>
    )
  }
  return (
    <ActDialog
      opened={opened && result === undefined}
      onClose={close}
      title={`Assign a role to ${user.displayName}`}
      confirm={chosen?.privileged === true ? 'Request approval' : 'Assign the role'}
      ready={role !== null}
      consequence={
        chosen === undefined ? (
          'A role decides what this person may see and do. They get no more than it says.'
        ) : chosen.privileged ? (
          <Notice tone="warn" title="Privileged role">
            {chosen.description} It takes effect only after a second person has approved it.
          </Notice>
        ) : (
          <Notice tone="info" title="Takes effect at once">
            {chosen.description}
          </Notice>
        )
      }
      pending={pending}
      failure={failure}
      onConfirm={(reason) => {
        if (role === null) return
        const endsAt = endOfDay(until)
        act({ userId: user.id, role, reason, ...(endsAt === null ? {} : { endsAt }) })
      }}
    >
      <Select
        label="Role"
        placeholder="Choose a role"
        data={(roles.data ?? []).map(({ name, title, privileged }) => ({
          value: name,
          label: privileged ? `${title} (privileged)` : title,
        }))}
        value={role}
        onChange={setRole}
        required
        withAsterisk={false}
        allowDeselect={false}
      />
      <UntilField what="role" value={until} onChange={setUntil} />
    </ActDialog>
  )
}
