import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { isOpen, sessionColumns } from '../../components/session-columns.tsx'
import { deviceOf } from '../../lib/format.ts'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

type Row = Outputs['sessions']['mine']['items'][number]

const isOther = (row: Row): boolean => isOpen(row) && !row.current

/** The person's own sessions; each but the one that they are in can be ended. */
const MySessions = () => {
  const query = useQuery({ ...trpc.sessions.mine.queryOptions({}), staleTime: 0 })
  const [which, setWhich] = useState<Inputs['sessions']['endMine']['sessions'] | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['sessions']['endMine']) => client.sessions.endMine.mutate(input),
    refresh: [{ queryKey: trpc.sessions.mine.queryKey() }],
    onDone: () => {
      close()
      notify({ message: 'Ended. Whoever used it is signed out.' })
    },
  })
  const close = () => {
    setWhich(null)
    reset()
  }
  const rows = query.data?.items
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      ...sessionColumns<Row>(),
      {
        key: 'end',
        label: 'End',
        width: '8rem',
        always: true,
        cell: (row) =>
          row.current ? (
            'This session'
          ) : isOpen(row) ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`End your session on ${deviceOf(row.userAgent ?? '')} from ${row.ip ?? 'an unknown address'}`}
              onClick={() => setWhich([row.id])}
            >
              End
            </Button>
          ) : null,
      },
    ],
    [],
  )
  return (
    <Panel
      flush
      title="Your sessions"
      aside={
        rows?.some(isOther) === true ? (
          <Button size="xs" variant="default" onClick={() => setWhich('others')}>
            End all others
          </Button>
        ) : undefined
      }
    >
      <DataTable
        caption="Your sessions, newest first"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        query={query}
        empty={<EmptyState title="You have no session" />}
      />
      <ActDialog
        opened={which !== null}
        onClose={close}
        title={which === 'others' ? 'End your other sessions' : 'End a session of yours'}
        reason="none"
        destructive
        confirm={which === 'others' ? 'End all others' : 'End the session'}
        consequence="Whoever uses it is signed out with their next step. You stay signed in here. If it was not you who signed in there, somebody knows your password: change it, and tell whoever gave you the account."
        pending={pending}
        failure={failure}
        onConfirm={() => {
          if (which !== null) act({ sessions: which })
        }}
      />
    </Panel>
  )
}

/** Comes beside the page. */
export default MySessions
