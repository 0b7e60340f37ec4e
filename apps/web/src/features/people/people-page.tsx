import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, lazyRouteComponent } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { formatCount } from '../../lib/format.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { useCan } from '../../lib/session/session.ts'
import { trpc } from '../../lib/trpc.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { IMPORT_PEOPLE } from './actions.ts'
import classes from './people.module.css'
import { type Change, KINDS, STATES } from './words.ts'

const FileForm = lazyRouteComponent(() => import('./file-form.tsx'), 'FileForm')
const route = getRouteApi('/people')

const COLUMNS: readonly Column<Change>[] = [
  {
    key: 'what',
    label: 'What',
    min: '11rem',
    always: true,
    sort: ({ kind }) => KINDS[kind],
    cell: ({ id, kind }) => (
      <Link to="/people/$id" params={{ id }} className={classes.name}>
        {KINDS[kind]}
      </Link>
    ),
  },
  {
    key: 'state',
    label: 'State',
    width: '11rem',
    sort: ({ state }) => STATES[state].label,
    cell: ({ state }) => <StatusTag tone={STATES[state].tone}>{STATES[state].label}</StatusTag>,
  },
  {
    key: 'lines',
    label: 'People',
    width: '6rem',
    numeric: true,
    sort: ({ lines }) => lines,
    cell: ({ lines }) => formatCount(lines),
  },
  {
    key: 'by',
    label: 'Asked by',
    width: '11rem',
    sort: ({ askedBy }) => askedBy.displayName,
    cell: ({ mine, askedBy }) => (mine ? 'You' : askedBy.displayName),
  },
  {
    key: 'at',
    label: 'Begun',
    width: '9rem',
    sort: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
]

export const PeoplePage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const can = useCan()
  const query = useQuery({ ...trpc.people.list.queryOptions({}), staleTime: 0 })
  const beside = useBeside(search.new === true)
  const mayImport = can(IMPORT_PEOPLE.needs)
  return (
    <>
      <PageHeader
        title="People"
        windowTitle="People"
        lead="Files of people, changes of several at once, and transfers: what each would do, who agreed on it, and what came of it, line by line."
        actions={
          mayImport ? (
            <Button
              leftSection={<IconFileImport size={16} aria-hidden="true" />}
              onClick={() => void navigate({ search: { new: true }, ...beside.opening })}
            >
              {IMPORT_PEOPLE.label}
            </Button>
          ) : undefined
        }
      />
      <Panel flush>
        <DataTable
          id="people"
          sort={useUrlSort()}
          caption="Imports and changes of people, newest first"
          columns={COLUMNS}
          rows={query.data?.items}
          rowKey={({ id }) => id}
          query={query}
          onRowClick={({ id }) => void navigate({ to: '/people/$id', params: { id } })}
          empty={
            <EmptyState title="No import and no change of several people yet">
              Send in a CSV file of people: it is shown line by line what it would do before anything is done.
            </EmptyState>
          }
        />
      </Panel>
      {mayImport ? (
        <Dialog
          opened={search.new === true}
          onClose={() => beside.close(() => navigate({ search: {}, replace: true, resetScroll: false }))}
          title="Import people"
          size="lg"
        >
          <FileForm />
        </Dialog>
      ) : null}
    </>
  )
}
