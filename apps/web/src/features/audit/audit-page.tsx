import { Button } from '@mantine/core'
import { useCallbackRef } from '@mantine/hooks'
import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router'
import { memo, Suspense, useCallback, useMemo, useState } from 'react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { stepsOf } from '../../components/steps.ts'
import { ALONE, type Neighbours } from '../../components/table/neighbours.ts'
import { formatDay } from '../../lib/format.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { downloadWithFactor } from '../../lib/session/download.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { VERIFY_LOG } from './actions.ts'
import classes from './audit.module.css'
import { type AuditRow, auditColumns } from './audit-columns.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { AuditJump } from './audit-jump.tsx'
import { ENTRIES } from './audit-selection.tsx'
import { hasFilters, orderOf, queryOf } from './filters.ts'
import { Histogram } from './histogram.tsx'

const route = getRouteApi('/audit')

// Come beside the page, and not before it.
const Drawers = lazyRouteComponent(() => import('./drawers.tsx'), 'Drawers')

// Drawn anew for other filters alone: opening an entry changes nothing of them.
const Chart = memo(Histogram)
const Filters = memo(AuditFilters)
const JUMP = <AuditJump />

export const AuditPage = () => {
  const search = route.useSearch()
  const shown = route.useSearch({
    select: ({ entry: _, proof: __, sort: ___, ...rest }) => rest,
    structuralSharing: true,
  })
  const navigate = route.useNavigate()
  const filters = queryOf(shown)
  const order = orderOf(search.sort)
  const { query, rows, first } = usePages<AuditRow, Outputs['audit']['search']>({
    queryKey: trpc.audit.search.queryKey({ ...filters, ...order }),
    fetchPage: (cursor, signal) =>
      client.audit.search.query(
        { ...filters, ...order, limit: 50, ...(cursor === null ? {} : { cursor }) },
        { signal },
      ),
  })
  const beside = useBeside(search.entry !== undefined || search.proof === true)
  // One function for as long as the page is there: a row that is opened draws no other anew.
  const open = useCallbackRef(
    (entry: string) =>
      void navigate({ search: (prev) => ({ ...prev, entry, proof: undefined }), ...beside.opening }),
  )
  const onRowClick = useCallback(({ id }: AuditRow) => open(id), [open])
  const columns = useMemo(() => auditColumns(open), [open])
  const [near, setNear] = useState<Neighbours<AuditRow>>(ALONE)
  const showProof = useCallbackRef(
    () =>
      void navigate({ search: (prev) => ({ ...prev, entry: undefined, proof: true }), ...beside.opening }),
  )
  const refresh = useCallbackRef(() => void query.refetch())
  const close = () =>
    beside.close(() =>
      navigate({
        search: (prev) => ({ ...prev, entry: undefined, proof: undefined }),
        replace: true,
        resetScroll: false,
      }),
    )

  return (
    <>
      <Header onProof={showProof} />
      <div className={classes.stack}>
        <Chart search={shown} />
        <Panel flush>
          <Filters search={shown} rows={rows} more={query.hasNextPage} onRefresh={refresh} />
          {first === undefined || first.lookedBackTo === null ? null : (
            <p className={classes.cut}>
              Looked back to {formatDay(first.lookedBackTo)}. Choose a day to look back further.
            </p>
          )}
          <DataTable
            id="audit"
            sort={{ ...useUrlSort(), byServer: true }}
            selection={ENTRIES}
            tools={search.sort === 'when' ? undefined : JUMP}
            caption={`Audit entries, ${search.sort === 'when' ? 'oldest' : 'newest'} first`}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            query={query}
            selected={search.entry}
            onRowClick={onRowClick}
            onNeighbours={setNear}
            empty={
              <EmptyState title={hasFilters(search) ? 'No entry fits these filters' : 'The log is empty'}>
                {hasFilters(search) ? (
                  <LinkButton to="/audit" search={{}} size="xs" variant="default" mt="xs">
                    Clear the filters
                  </LinkButton>
                ) : (
                  'Entries appear as soon as anyone does anything.'
                )}
              </EmptyState>
            }
          />
        </Panel>
      </div>
      <Suspense>
        <Drawers
          entry={search.entry ?? null}
          proof={search.proof === true}
          onClose={close}
          onEntry={open}
          steps={stepsOf(near, onRowClick)}
        />
      </Suspense>
    </>
  )
}

const Header = memo(({ onProof }: { onProof: () => void }) => {
  const session = useSession()
  const can = useCan()
  return (
    <PageHeader
      title="Audit log"
      windowTitle="Audit log"
      lead="Everything that happened, refusals included. Each entry is a leaf of a signed tree; your own searches are logged too."
      actions={
        <>
          {can('audit:log:export') ? (
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              onClick={() => void downloadWithFactor('/audit/export', session)}
            >
              Download the log
            </Button>
          ) : null}
          {can(VERIFY_LOG.needs) ? (
            <Button leftSection={<IconShieldCheck size={16} aria-hidden="true" />} onClick={onProof}>
              {VERIFY_LOG.label}
            </Button>
          ) : null}
        </>
      }
    />
  )
})
