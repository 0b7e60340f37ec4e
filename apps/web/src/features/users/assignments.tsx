import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { AssignRoleDialog } from './assign-role-dialog.tsx'
import { notifyWaiting } from './notify-waiting.ts'
import type { Assignment, User } from './types.ts'

/** The roles a user holds and held: since when, until when, why, and by whom. */
export const Assignments = ({ user }: { user: User }) => {
  const can = useCan()
  const { user: me } = useSession()
  const [assigning, assign] = useDisclosure(false)
  const [ending, setEnding] = useState<Assignment | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['users']['endAssignment']) => client.users.endAssignment.mutate(input),
    refresh: [
      { queryKey: trpc.users.get.queryKey({ id: user.id }) },
      { queryKey: trpc.users.list.queryKey() },
    ],
    onDone: ({ outcome }) => {
      setEnding(null)
      if (outcome === 'pending-approval') notifyWaiting('the end of this role')
    },
  })
  const mayEnd = can('access:assignment:end')
  const columns: readonly Column<Assignment>[] = [
    { key: 'role', label: 'Role', always: true, sort: ({ title }) => title, cell: ({ title }) => title },
    {
      key: 'state',
      label: 'State',
      width: '7rem',
      sort: ({ ended }) => (ended ? 'Ended' : 'In force'),
      cell: ({ ended }) => (
        <StatusTag tone={ended ? 'quiet' : 'good'}>{ended ? 'Ended' : 'In force'}</StatusTag>
      ),
    },
    {
      key: 'since',
      label: 'Since',
      width: '8rem',
      sort: ({ startsAt }) => startsAt,
      cell: ({ startsAt }) => <When at={startsAt} />,
    },
    {
      key: 'until',
      label: 'Until',
      width: '8rem',
      sort: ({ endsAt }) => endsAt,
      cell: ({ endsAt }) => <When at={endsAt} absent="no end set" />,
    },
    {
      key: 'why',
      label: 'Why',
      cell: ({ reason, endReason }) => (
        <>
          {reason}
          {endReason === null ? null : <div>Ended: {endReason}</div>}
        </>
      ),
    },
    {
      key: 'by',
      label: 'Given by',
      sort: ({ grantedBy }) => grantedBy?.displayName ?? 'Installation',
      cell: ({ grantedBy }) => grantedBy?.displayName ?? 'Installation',
    },
    ...(mayEnd
      ? [
          {
            key: 'act',
            label: 'Act',
            width: '6rem',
            always: true,
            cell: (item: Assignment) =>
              item.ended ? null : (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`End the role ${item.title}`}
                  onClick={() => {
                    reset()
                    setEnding(item)
                  }}
                >
                  End
                </Button>
              ),
          },
        ]
      : []),
  ]
  const mayAssign =
    can('access:assignment:request') &&
    user.id !== me.id &&
    (user.status === 'active' || user.status === 'invited')
  return (
    <Panel
      flush
      title="Role assignments"
      aside={
        mayAssign ? (
          <Button size="xs" onClick={assign.open}>
            Assign a role
          </Button>
        ) : undefined
      }
    >
      <DataTable
        id="assignments"
        sort={useUrlSort()}
        caption={`Role assignments of ${user.displayName}`}
        columns={columns}
        rows={user.assignments}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No role, so no access">
            {mayAssign
              ? 'Assign a role with a reason; privileged roles wait for a second person.'
              : undefined}
          </EmptyState>
        }
      />
      <AssignRoleDialog user={user} opened={assigning} onClose={assign.close} />
      <ActDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title="End a role"
        destructive
        confirm="End the role"
        consequence={
          <>
            {user.displayName} loses the role <strong>{ending?.title}</strong> at once, with everything it
            permits; a privileged role once a second person has approved that. The assignment stays listed as
            ended.
          </>
        }
        pending={pending}
        failure={failure}
        onConfirm={(reason) => {
          if (ending !== null) act({ assignmentId: ending.id, reason })
        }}
      />
    </Panel>
  )
}
