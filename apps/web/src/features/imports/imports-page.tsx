import { Button } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, lazyRouteComponent } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { BACKGROUND } from '../../lib/client.ts'
import { formatBytes, formatCount } from '../../lib/format.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { useCan } from '../../lib/session/session.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { usePoll } from '../../lib/use-poll.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { UPLOAD } from './actions.ts'
import classes from './imports.module.css'
import { UploadDialog } from './upload-dialog.tsx'
import { openWork, standingOf, type Upload } from './words.ts'

const UploadInFull = lazyRouteComponent(() => import('./upload-in-full.tsx'), 'UploadInFull')
const route = getRouteApi('/imports')
/** Each look is an entry of the log. */
const POLL_MS = 5000

const refresh = async () => {
  const fresh = await client.uploads.list.query({}, { context: BACKGROUND })
  queryClient.setQueryData(trpc.uploads.list.queryKey({}), fresh)
}

const COLUMNS: readonly Column<Upload>[] = [
  {
    key: 'source',
    label: 'System',
    min: '8rem',
    always: true,
    sort: ({ source }) => source,
    cell: ({ id, source }) => (
      <Link
        to="/imports"
        search={{ upload: id }}
        state={{ beside: true }}
        resetScroll={false}
        className={classes.name}
      >
        <code>{source}</code>
      </Link>
    ),
  },
  {
    key: 'status',
    label: 'Status',
    width: '11rem',
    sort: (upload) => standingOf(upload).label,
    cell: (upload) => {
      const { label, tone } = standingOf(upload)
      return <StatusTag tone={tone}>{label}</StatusTag>
    },
  },
  {
    key: 'patients',
    label: 'Patients',
    width: '7rem',
    sort: ({ patients }) => patients,
    cell: ({ patients }) => formatCount(patients),
  },
  {
    key: 'bytes',
    label: 'Size',
    width: '7rem',
    sort: ({ bytes }) => bytes,
    cell: ({ bytes }) => formatBytes(bytes),
  },
  {
    key: 'by',
    label: 'Uploaded by',
    width: '11rem',
    sort: ({ uploadedBy }) => uploadedBy.displayName,
    cell: ({ uploadedBy, mine }) => (mine ? 'You' : uploadedBy.displayName),
  },
  {
    key: 'at',
    label: 'Uploaded',
    width: '9rem',
    sort: ({ uploadedAt }) => uploadedAt,
    cell: ({ uploadedAt }) => <When at={uploadedAt} />,
  },
]

export const ImportsPage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const can = useCan()
  const query = useQuery(trpc.uploads.list.queryOptions({}))
  usePoll(query.data?.items.some((upload) => openWork(upload) !== null) ?? false, POLL_MS, refresh)
  const beside = useBeside(search.upload !== undefined || search.new === true)
  const open = (upload: string) => void navigate({ search: { upload }, ...beside.opening })
  const close = () => beside.close(() => navigate({ search: {}, replace: true, resetScroll: false }))
  const mayUpload = can(UPLOAD.needs)
  return (
    <>
      <PageHeader
        title="Imports"
        windowTitle="Imports"
        lead="Files of records that people have uploaded. Their records are kept apart from those of the systems that Chartward trusts, and give nobody access to a patient unless two people trust them."
        actions={
          mayUpload ? (
            <Button
              leftSection={<IconUpload size={16} aria-hidden="true" />}
              onClick={() => void navigate({ search: { new: true }, ...beside.opening })}
            >
              {UPLOAD.label}
            </Button>
          ) : undefined
        }
      />
      <Panel flush>
        <DataTable
          id="imports"
          sort={useUrlSort()}
          caption="Uploads"
          columns={COLUMNS}
          rows={query.data?.items}
          rowKey={({ id }) => id}
          query={query}
          selected={search.upload}
          onRowClick={({ id }) => open(id)}
          empty={
            <EmptyState title="Nothing has been uploaded">
              Upload a FHIR R4 file: it is imported in the background, and what came of it stays here.
            </EmptyState>
          }
        />
      </Panel>
      {mayUpload ? <UploadDialog opened={search.new === true} onClose={close} /> : null}
      <Dialog opened={search.upload !== undefined} onClose={close} title="Upload" size="lg">
        <UploadInFull id={search.upload ?? ''} />
      </Dialog>
    </>
  )
}
