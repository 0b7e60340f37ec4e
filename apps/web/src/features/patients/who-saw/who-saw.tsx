import { Button, Group } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { DataTable } from '../../../components/data-table.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { LinkButton } from '../../../components/link-button.tsx'
import { Panel } from '../../../components/panel.tsx'
import { formatCount } from '../../../lib/format.ts'
import { downloadWithFactor } from '../../../lib/session/download.ts'
import { useCan, useSession } from '../../../lib/session/session.ts'
import { client, type Outputs, PHI, trpc } from '../../../lib/trpc.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { accessColumns } from './access-columns.tsx'
import { AccessFilters } from './access-filters.tsx'
import { type AccessSearch, fileOf, isNarrowed, wantedOf } from './access-search.ts'
import type { Access } from './access-words.tsx'
import { People } from './people.tsx'
import classes from './who-saw.module.css'

const route = getRouteApi('/patients/$id')

/** Who saw this patient, by the audit log: the people, and each access; to look at, to print, as a file. */
const WhoSaw = ({ patientId }: { patientId: string }) => {
  const { actor, action, from, to } = route.useSearch()
  const search: AccessSearch = { actor, action, from, to }
  const navigate = route.useNavigate()
  const session = useSession()
  const can = useCan()
  const wanted = wantedOf(patientId, search)
  const { query, rows, first } = usePages<Access, Outputs['audit']['accesses']>({
    queryKey: trpc.audit.accesses.queryKey(wanted),
    fetchPage: (cursor, signal) =>
      client.audit.accesses.query({ ...wanted, ...(cursor === null ? {} : { cursor }) }, { signal }),
    ...PHI,
  })
  const narrow = (change: AccessSearch) =>
    void navigate({ search: (prev) => ({ ...prev, ...change }), replace: true, resetScroll: false })
  const all = { actor: undefined, action: undefined, from: undefined, to: undefined }

  return (
    <div className={classes.stack}>
      <Panel
        flush
        title="People"
        aside={
          <Group gap="xs">
            <LinkButton
              to="/patients/$id/accesses"
              params={{ id: patientId }}
              search={search}
              size="xs"
              variant="default"
              leftSection={<IconPrinter size={14} aria-hidden="true" />}
            >
              Print view
            </LinkButton>
            {can('audit:access:export') ? (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconDownload size={14} aria-hidden="true" />}
                onClick={() => void downloadWithFactor(fileOf(patientId, search), session)}
              >
                Download as CSV
              </Button>
            ) : null}
          </Group>
        }
      >
        <People people={first?.people ?? undefined} onPick={(id) => narrow({ actor: id })} />
      </Panel>
      <Panel flush title="Accesses">
        <AccessFilters
          search={search}
          people={first?.people ?? []}
          shown={rows?.length}
          more={query.hasNextPage}
          onChange={narrow}
        />
        <DataTable
          caption="Who saw this patient, newest first"
          columns={accessColumns(can('audit:entry:read'))}
          rows={rows}
          rowKey={({ id }) => id}
          query={query}
          empty={
            <EmptyState
              title={isNarrowed(search) ? 'No access fits these filters' : 'Nobody has seen this patient'}
            >
              {isNarrowed(search) ? (
                <Button size="xs" variant="default" mt="xs" onClick={() => narrow(all)}>
                  Clear the filters
                </Button>
              ) : (
                'Whoever opens the chart, or tries to, stands here at once.'
              )}
            </EmptyState>
          }
        />
      </Panel>
      <p className={classes.quiet}>
        {first === undefined ? null : `As of ${formatCount(first.treeSize)} entries in the log. `}
        This look is an entry of the log, and so are the print view and the file.
      </p>
    </div>
  )
}

/** Loaded when it is first opened. */
export default WhoSaw
