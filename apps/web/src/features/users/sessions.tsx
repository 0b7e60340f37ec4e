import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type Ending, EndSessions } from '../../components/end-sessions.tsx'
import { Panel } from '../../components/panel.tsx'
import { isOpen, sessionColumns } from '../../components/session-columns.tsx'
import { deviceOf } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import type { User, UserSession } from './types.ts'

/** The newest sessions of a person; whoever may ends one, or all that are open. */
export const Sessions = ({ user }: { user: User }) => {
  const can = useCan()
  const { user: me } = useSession()
  const [ending, setEnding] = useState<Ending | null>(null)
  const mayEnd = can('account:session:end') && user.id !== me.id
  const columns = useMemo((): readonly Column<UserSession>[] => {
    if (!mayEnd) return sessionColumns()
    const end: Column<UserSession> = {
      key: 'end',
      label: 'End',
      width: '6rem',
      always: true,
      cell: (session) =>
        isOpen(session) ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`End the session on ${deviceOf(session.userAgent ?? '')} from ${session.ip ?? 'an unknown address'}`}
            onClick={() =>
              setEnding({ user, which: { id: session.id, device: deviceOf(session.userAgent ?? '') } })
            }
          >
            End
          </Button>
        ) : null,
    }
    return [...sessionColumns<UserSession>(), end]
  }, [mayEnd, user])
  const open = user.sessions.some(isOpen)
  return (
    <Panel
      flush
      title="Sessions"
      aside={
        mayEnd && open ? (
          <Button size="xs" variant="default" onClick={() => setEnding({ user, which: 'all' })}>
            End all sessions
          </Button>
        ) : undefined
      }
    >
      <DataTable
        id="sessions"
        caption="Sessions"
        sort={useUrlSort()}
        columns={columns}
        rows={user.sessions}
        rowKey={({ id }) => id}
        empty={<EmptyState title="This person has never signed in" />}
      />
      <EndSessions ending={ending} onClose={() => setEnding(null)} />
    </Panel>
  )
}
