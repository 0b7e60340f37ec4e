import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { deviceOf, sentence } from '../../lib/format.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import type { UserSession } from './types.ts'

const COLUMNS: readonly Column<UserSession>[] = [
  {
    key: 'device',
    label: 'Device',
    always: true,
    sort: ({ userAgent }) => deviceOf(userAgent ?? ''),
    cell: ({ userAgent }) => <span title={userAgent ?? ''}>{deviceOf(userAgent ?? '')}</span>,
  },
  { key: 'ip', label: 'Address', width: '12rem', sort: ({ ip }) => ip, cell: ({ ip }) => ip },
  {
    key: 'since',
    label: 'Started',
    width: '10rem',
    sort: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
  {
    key: 'last',
    label: 'Last active',
    width: '10rem',
    sort: ({ lastActiveAt }) => lastActiveAt,
    cell: ({ lastActiveAt }) => <When at={lastActiveAt} />,
  },
  {
    key: 'state',
    label: 'State',
    width: '18rem',
    sort: ({ endedAt }) => (endedAt === null ? 'Running' : `Ended ${endedAt}`),
    cell: ({ endedAt, endReason }) =>
      endedAt === null ? (
        <StatusTag tone="good">Running</StatusTag>
      ) : (
        <>
          <StatusTag tone="quiet">Ended</StatusTag> <When at={endedAt} />
          {endReason === null ? null : `, ${sentence(endReason).toLowerCase()}`}
        </>
      ),
  },
]

export const Sessions = ({ sessions }: { sessions: readonly UserSession[] }) => (
  <Panel flush>
    <DataTable
      id="sessions"
      caption="Sessions"
      sort={useUrlSort()}
      columns={COLUMNS}
      rows={sessions}
      rowKey={({ id }) => id}
      empty={<EmptyState title="This person has never signed in" />}
    />
  </Panel>
)
