import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { CertificateView } from './certificate.tsx'

type Answer = Outputs['shred']['list']
type Destroyed = Answer['destroyed'][number]
type Hold = Answer['holds'][number]

const route = getRouteApi('/destruction')

const DESTROYED: readonly Column<Destroyed>[] = [
  {
    key: 'patient',
    label: 'Patient',
    always: true,
    cell: ({ patientId }) => <ShortId id={patientId} of="patient id" />,
  },
  { key: 'at', label: 'Destroyed', width: '9rem', cell: ({ at }) => <When at={at} /> },
  {
    key: 'final',
    label: 'Final',
    width: '11rem',
    cell: ({ finalAt, finalIsBound }) => (
      <>
        <When at={finalAt} />
        {finalIsBound ? ' at the latest' : null}
      </>
    ),
  },
  { key: 'asked', label: 'Asked for by', min: '9rem', cell: ({ requestedBy }) => requestedBy.displayName },
  { key: 'agreed', label: 'Agreed to by', min: '9rem', cell: ({ decidedBy }) => decidedBy.displayName },
  {
    key: 'line',
    label: 'Line of the ledger',
    width: '9rem',
    cell: ({ ledgerIndex }) => (ledgerIndex === null ? 'being written' : ledgerIndex + 1),
  },
  {
    key: 'certificate',
    label: 'Certificate',
    width: '9rem',
    always: true,
    cell: ({ id, certified }) =>
      certified ? (
        <Link to="/destruction" search={{ certificate: id }}>
          Open
        </Link>
      ) : (
        'being made'
      ),
  },
]

const HOLDS: readonly Column<Hold>[] = [
  {
    key: 'patient',
    label: 'Patient',
    always: true,
    cell: ({ patientId }) => <ShortId id={patientId} of="patient id" />,
  },
  { key: 'by', label: 'Set by', min: '9rem', cell: ({ setBy }) => setBy.displayName },
  { key: 'at', label: 'Set', width: '9rem', cell: ({ setAt }) => <When at={setAt} /> },
  {
    key: 'state',
    label: 'State',
    min: '10rem',
    cell: ({ liftedAt, liftedBy }) =>
      liftedAt === null ? (
        <StatusTag tone="warn">Stands</StatusTag>
      ) : (
        <StatusTag tone="quiet">Lifted, agreed to by {liftedBy?.displayName}</StatusTag>
      ),
  },
]

/** Every legal hold, and every destruction with its certificate. Patients are ids here, and nothing else. */
export const DestructionPage = () => {
  const { certificate } = route.useSearch()
  const query = useQuery({ ...trpc.shred.list.queryOptions(), staleTime: 0 })
  const waits = query.data === undefined && query.error === null
  return (
    <>
      <PageHeader
        title="Destruction"
        windowTitle="Destruction"
        lead="Patients whose keys two people have destroyed, and patients of whom nothing may be destroyed. Both are asked for on the patient’s page."
      />
      {/* All at once: what comes later would push down what stands under it. */}
      {waits ? <Skeleton height={600} /> : null}
      <Stack gap="md" display={waits ? 'none' : undefined}>
        {certificate === undefined ? null : <CertificateView id={certificate} />}
        {query.data?.cut === true ? (
          <Notice tone="info">Only the latest are listed. Earlier ones stand in the audit log.</Notice>
        ) : null}
        <Panel flush title="Destroyed">
          <DataTable
            id="destroyed"
            caption="Patients whose keys were destroyed"
            columns={DESTROYED}
            rows={query.data?.destroyed}
            rowKey={({ id }) => id}
            query={query}
            empty={<EmptyState title="Nobody’s keys have been destroyed" />}
          />
        </Panel>
        <Panel flush title="Legal holds">
          <DataTable
            id="legal-holds"
            caption="Legal holds"
            columns={HOLDS}
            rows={query.data?.holds}
            rowKey={({ id }) => id}
            query={query}
            empty={<EmptyState title="Nothing is held" />}
          />
        </Panel>
      </Stack>
    </>
  )
}
