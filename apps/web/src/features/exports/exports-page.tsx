import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ExportStateTag } from '../../components/export-state-tag.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { BACKGROUND } from '../../lib/client.ts'
import { typePlural } from '../../lib/fhir/labels.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { useCan } from '../../lib/session/session.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { usePoll } from '../../lib/use-poll.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { REQUEST_EXPORT } from './actions.ts'
import { type ExportView, isMoving } from './export-view.ts'
import classes from './exports.module.css'
import { RequestDialog } from './request-dialog.tsx'

const route = getRouteApi('/exports')
const POLL_MS = 3000

const COLUMNS: readonly Column<ExportView>[] = [
  {
    key: 'purpose',
    label: 'Purpose',
    min: '12rem',
    always: true,
    sort: ({ purpose }) => purpose,
    cell: ({ id, purpose }) => (
      <Link to="/exports/$id" params={{ id }} className={classes.name}>
        {purpose}
      </Link>
    ),
  },
  { key: 'types', label: 'Records', min: '10rem', cell: ({ types }) => types.map(typePlural).join(', ') },
  {
    key: 'status',
    label: 'Status',
    width: '10rem',
    sort: ({ status }) => status,
    cell: (request) => <ExportStateTag request={request} />,
  },
  {
    key: 'by',
    label: 'Requested by',
    width: '11rem',
    sort: ({ requestedBy }) => requestedBy.displayName,
    cell: ({ requestedBy, mine }) => (mine ? 'You' : requestedBy.displayName),
  },
  {
    key: 'at',
    label: 'Requested',
    width: '9rem',
    sort: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
]

const refresh = async () => {
  const fresh = await client.exports.list.query({}, { context: BACKGROUND })
  queryClient.setQueryData(trpc.exports.list.queryKey({}), fresh)
}

export const ExportsPage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const can = useCan()
  const query = useQuery(trpc.exports.list.queryOptions({}))
  usePoll(query.data?.items.some(({ status }) => isMoving(status)) ?? false, POLL_MS, refresh)
  const mayRequest = can(REQUEST_EXPORT.needs)
  const beside = useBeside(search.new === true)
  return (
    <>
      <PageHeader
        title="De-identified exports"
        windowTitle="Exports"
        lead="Safe Harbor: all 18 kinds of identifier of 45 CFR 164.514(b)(2) are removed or generalised. A privacy officer approves each request."
        actions={
          mayRequest ? (
            <Button
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => void navigate({ search: { new: true }, ...beside.opening })}
            >
              {REQUEST_EXPORT.label}
            </Button>
          ) : undefined
        }
      />
      <Panel flush>
        <DataTable
          id="exports"
          sort={useUrlSort()}
          caption="Export requests"
          columns={COLUMNS}
          rows={query.data?.items}
          rowKey={({ id }) => id}
          query={query}
          onRowClick={({ id }) => void navigate({ to: '/exports/$id', params: { id } })}
          empty={
            <EmptyState title="No export has been requested">
              {mayRequest
                ? 'Request one: say what it is for and which records it needs.'
                : 'An analyst requests one; it then waits here for approval.'}
            </EmptyState>
          }
        />
      </Panel>
      {mayRequest ? (
        <RequestDialog
          opened={search.new === true}
          onClose={() => beside.close(() => navigate({ search: {}, replace: true, resetScroll: false }))}
        />
      ) : null}
    </>
  )
}
