import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { deviceOf, sentence } from '../../lib/format.ts'
import type { UserSession } from './types.ts'

const COLUMNS: readonly Column<UserSession>[] = [
  {
    key: 'device',
    label: 'Device',
    cell: ({ userAgent }) => <span title={userAgent ?? ''}>{deviceOf(userAgent ?? '')}</span>,
  },
  { key: 'ip', label: 'Address', cell: ({ ip }) => ip },
  { key: 'since', label: 'Started', cell: ({ createdAt }) => <When at={createdAt} /> },
  { key: 'last', label: 'Last active', cell: ({ lastActiveAt }) => <When at={lastActiveAt} /> },
  {
    key: 'state',
    label: 'State',
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
      caption="Sessions"
      columns={COLUMNS}
      rows={sessions}
      rowKey={({ id }) => id}
      empty={<EmptyState title="This person has never signed in" />}
    />
  </Panel>
)
