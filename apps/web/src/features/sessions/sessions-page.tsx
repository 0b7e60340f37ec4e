import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type Ending, EndSessions } from '../../components/end-sessions.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import classes from '../../components/session-columns.module.css'
import { sessionColumns } from '../../components/session-columns.tsx'
import { countOf, deviceOf } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'

type Row = Outputs['sessions']['list']['items'][number]

const route = getRouteApi('/sessions')

/** Who is signed in now, or on the way to it. */
export const SessionsPage = () => {
  const navigate = route.useNavigate()
  const can = useCan()
  const { user: me } = useSession()
  const [ending, setEnding] = useState<Ending | null>(null)
  const mayEnd = can('account:session:end')
  const { query, rows, first } = usePages<Row, Outputs['sessions']['list']>({
    queryKey: trpc.sessions.list.queryKey({}),
    fetchPage: (cursor, signal) => client.sessions.list.query(cursor === null ? {} : { cursor }, { signal }),
    staleTime: 0,
  })
  const columns = useMemo((): readonly Column<Row>[] => {
    const whose: Column<Row> = {
      key: 'user',
      label: 'Whose',
      width: '12rem',
      min: '8rem',
      always: true,
      sort: ({ user }) => user.displayName,
      cell: ({ user }) => (
        <Link to="/users/$id" params={{ id: user.id }} search={{ tab: 'sessions' }}>
          {user.displayName}
        </Link>
      ),
    }
    const end: Column<Row> = {
      key: 'end',
      label: 'End',
      width: '6rem',
      always: true,
      cell: ({ id, user, userAgent }) =>
        user.id === me.id ? (
          'Your own'
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`End the session of ${user.displayName} on ${deviceOf(userAgent ?? '')}`}
            onClick={() => setEnding({ user, which: { id, device: deviceOf(userAgent ?? '') } })}
          >
            End
          </Button>
        ),
    }
    return [whose, ...sessionColumns<Row>(), ...(mayEnd ? [end] : [])]
  }, [mayEnd, me.id])

  return (
    <>
      <PageHeader
        title="Sessions"
        windowTitle="Sessions"
        lead="Everybody who is signed in now, or on the way to it. What a person’s earlier sessions were stands on their own page."
      />
      <Panel flush>
        <DataTable
          id="open-sessions"
          caption="Sessions that are open now"
          sort={useUrlSort()}
          tools={
            <output className={classes.quiet}>
              {first === undefined ? '' : countOf(first.total, 'session')}
            </output>
          }
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          query={query}
          onRowClick={({ user }) =>
            void navigate({ to: '/users/$id', params: { id: user.id }, search: { tab: 'sessions' } })
          }
          empty={<EmptyState title="Nobody is signed in" />}
        />
      </Panel>
      <EndSessions ending={ending} onClose={() => setEnding(null)} />
    </>
  )
}
