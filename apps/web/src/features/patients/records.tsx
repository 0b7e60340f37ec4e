import type { ResourceType } from '@chartward/policy'
import { useCallbackRef } from '@mantine/hooks'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { stepsOf } from '../../components/steps.ts'
import { ALONE, type Neighbours } from '../../components/table/neighbours.ts'
import { asResourceType } from '../../lib/fhir/catalog-fields.ts'
import { typePlural } from '../../lib/fhir/labels.ts'
import { formatCount } from '../../lib/format.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { client, type Outputs, PHI, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import type { ChartGroup } from './groups.ts'
import classes from './patients.module.css'
import { type RecordRow, recordColumns } from './record-columns.tsx'
import { RecordDrawer } from './record-drawer.tsx'
import { facetOf, Order, StateFilter } from './record-order.tsx'
import { Trends } from './trends.tsx'

type Props = { patientId: string; group: ChartGroup; counts: Readonly<Partial<Record<string, number>>> }

const route = getRouteApi('/patients/$id')

/** One tab of the chart: a chip for each type of record in it, and the list of the type that is chosen. */
export const Records = ({ patientId, group, counts }: Props) => {
  const search = route.useSearch()
  const wanted = asResourceType(search.type)
  const type =
    group.types.find((one) => one === wanted) ??
    group.types.find((one) => (counts[one] ?? 0) > 0) ??
    group.types[0]
  if (type === undefined) return null
  return (
    <>
      {group.types.length > 1 ? (
        <nav aria-label={`Kinds of record under ${group.label}`}>
          <ul className={classes.types}>
            {group.types.map((one) => (
              <li key={one}>
                <Link
                  to="/patients/$id"
                  params={{ id: patientId }}
                  search={{ tab: group.key, type: one }}
                  className={classes.type}
                  aria-current={one === type}
                >
                  {typePlural(one)} <span className={classes.number}>{formatCount(counts[one] ?? 0)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <RecordList key={type} patientId={patientId} type={type} />
    </>
  )
}

const RecordList = ({ patientId, type }: { patientId: string; type: ResourceType }) => {
  const { record } = route.useSearch()
  const navigate = route.useNavigate()
  const [facet, setFacet] = useState<string | null>(null)
  const { standing, state } = facetOf(facet)
  const { query, rows, first } = usePages<RecordRow, Outputs['records']['list']>({
    queryKey: trpc.records.list.queryKey({ patientId, type, standing, state }),
    fetchPage: (cursor, signal) =>
      client.records.list.query(
        {
          patientId,
          type,
          limit: 50,
          ...(standing === undefined ? {} : { standing }),
          ...(state === undefined ? {} : { state }),
          ...(cursor === null ? {} : { cursor }),
        },
        { signal },
      ),
    ...PHI,
  })
  const summary = first?.summary ?? null
  const [near, setNear] = useState<Neighbours<RecordRow>>(ALONE)
  const beside = useBeside(record !== undefined)
  // One function for as long as the list is there: a row that is opened draws no other anew.
  const open = useCallbackRef(
    (row: RecordRow) =>
      void navigate({ search: (prev) => ({ ...prev, type, record: row.id }), ...beside.opening }),
  )
  const close = () =>
    beside.close(() =>
      navigate({
        search: (prev) => ({ ...prev, record: undefined }),
        replace: true,
        resetScroll: false,
      }),
    )
  const columns = useMemo(() => recordColumns(type, open), [type, open])
  return (
    <div className={classes.stack}>
      {type === 'Observation' && (first === undefined || summary !== null) ? (
        <Trends patientId={patientId} kinds={summary?.kinds} />
      ) : null}
      <Order order={first?.order} undated={summary?.undated ?? 0} withheld={summary?.withheld ?? 0} />
      <Panel
        flush
        title={typePlural(type)}
        aside={<StateFilter states={summary?.states ?? []} value={facet} onChange={setFacet} />}
      >
        <DataTable
          id={`records-${type}`}
          sort={useUrlSort()}
          caption={typePlural(type)}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          query={query}
          selected={record}
          onRowClick={open}
          onNeighbours={setNear}
          empty={<EmptyState title={`No ${typePlural(type).toLowerCase()} on record`} />}
        />
      </Panel>
      <RecordDrawer
        patientId={patientId}
        id={record ?? null}
        loaded={rows?.find(({ id }) => id === record)}
        listed={rows !== undefined}
        onClose={close}
        onOpen={(id) => void navigate({ search: (prev) => ({ ...prev, record: id }), ...beside.opening })}
        steps={stepsOf(near, open)}
      />
    </div>
  )
}
