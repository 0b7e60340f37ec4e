import { Button } from '@mantine/core'
import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatDay } from '../../lib/format.ts'
import { downloadWithFactor } from '../../lib/session/download.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import classes from './audit.module.css'
import { type AuditRow, auditColumns } from './audit-columns.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { hasFilters, queryOf } from './filters.ts'
import { Histogram } from './histogram.tsx'
import { LogDrawer } from './log-drawer.tsx'

const route = getRouteApi('/audit')

export const AuditPage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const session = useSession()
  const can = useCan()
  const filters = queryOf(search)
  const { query, rows, first } = usePages<AuditRow, Outputs['audit']['search']>({
    queryKey: trpc.audit.search.queryKey(filters),
    fetchPage: (cursor, signal) =>
      client.audit.search.query(
        { ...filters, limit: 50, ...(cursor === null ? {} : { cursor }) },
        { signal },
      ),
  })
  const open = (entry: string | undefined) =>
    void navigate({ search: (prev) => ({ ...prev, entry }), resetScroll: false })
  const showProof = (proof: true | undefined) =>
    void navigate({ search: (prev) => ({ ...prev, proof }), resetScroll: false })

  return (
    <>
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
            {can('audit:log:verify') ? (
              <Button
                leftSection={<IconShieldCheck size={16} aria-hidden="true" />}
                onClick={() => showProof(true)}
              >
                Verify the log
              </Button>
            ) : null}
          </>
        }
      />
      <div className={classes.stack}>
        <Histogram search={search} />
        <Panel flush>
          <AuditFilters
            search={search}
            rows={rows}
            more={query.hasNextPage}
            onRefresh={() => void query.refetch()}
          />
          {first === undefined || first.lookedBackTo === null ? null : (
            <p className={classes.cut}>
              Looked back to {formatDay(first.lookedBackTo)}. Choose a day to look back further.
            </p>
          )}
          <DataTable
            caption="Audit entries, newest first"
            columns={auditColumns(open)}
            rows={rows}
            rowKey={({ id }) => id}
            query={query}
            selected={search.entry}
            onRowClick={({ id }) => open(id)}
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
      <EntryDrawer id={search.entry ?? null} onClose={() => open(undefined)} />
      <LogDrawer opened={search.proof === true} onClose={() => showProof(undefined)} onEntry={open} />
    </>
  )
}
