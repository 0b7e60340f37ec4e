import { breakGlassState } from '@chartward/contract'
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { CAUSES, stateOf, VERDICTS } from '../../components/break-glass/words.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { sentence } from '../../lib/format.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import classes from './break-glass.module.css'

type Row = Outputs['breakGlass']['list']['items'][number]

const route = getRouteApi('/break-glass')

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'who',
    label: 'Who',
    always: true,
    min: '10rem',
    sort: ({ by }) => by.displayName,
    cell: ({ id, by }) => (
      <Link to="/break-glass/$id" params={{ id }}>
        {by.displayName}
      </Link>
    ),
  },
  { key: 'patient', label: 'Patient', cell: ({ patientId }) => <ShortId id={patientId} of="patient id" /> },
  { key: 'why', label: 'Why', sort: ({ cause }) => CAUSES[cause], cell: ({ cause }) => CAUSES[cause] },
  {
    key: 'since',
    label: 'Since',
    width: '9rem',
    sort: ({ startsAt }) => startsAt,
    cell: ({ startsAt }) => <When at={startsAt} />,
  },
  {
    key: 'state',
    label: 'State',
    min: '9rem',
    cell: (use) => <StatusTag tone={use.open ? 'bad' : 'quiet'}>{stateOf(use)}</StatusTag>,
  },
  {
    key: 'review',
    label: 'Review',
    min: '9rem',
    cell: ({ verdict, escalated, mine, reviewedBy }) =>
      verdict !== null ? (
        <>
          <StatusTag tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].label}</StatusTag>
          <div className={classes.quiet}>{reviewedBy?.displayName}</div>
        </>
      ) : (
        <StatusTag tone={escalated > 0 ? 'bad' : 'warn'}>
          {mine ? 'Waits for somebody else' : escalated > 0 ? 'Waits for too long' : 'Waits'}
        </StatusTag>
      ),
  },
]

/** Every use of break-glass, for those who review them. */
export const BreakGlassPage = () => {
  const { state = 'waiting' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({ ...trpc.breakGlass.list.queryOptions({ state }), staleTime: 0 })
  return (
    <>
      <PageHeader
        title="Break-glass"
        windowTitle="Break-glass"
        lead="Charts opened in an emergency by somebody who has no care relationship. Each use is reviewed by somebody else; none is refused for want of a review."
      />
      <Panel
        flush
        title={state === 'waiting' ? 'Not reviewed' : 'Reviewed'}
        aside={
          <SegmentedControl
            aria-label="Which uses"
            size="xs"
            data={breakGlassState.options.map((value) => ({ value, label: sentence(value) }))}
            value={state}
            onChange={(value) =>
              void navigate({ search: value === 'reviewed' ? { state: 'reviewed' } : {}, replace: true })
            }
          />
        }
      >
        {query.data?.cut === true ? (
          <Notice tone="info">Only the latest uses are listed. Earlier ones stand in the audit log.</Notice>
        ) : null}
        <DataTable
          id="break-glass"
          sort={useUrlSort()}
          caption="Uses of break-glass"
          columns={COLUMNS}
          rows={query.data?.items}
          rowKey={({ id }) => id}
          query={query}
          empty={
            <EmptyState
              title={state === 'waiting' ? 'Every use has been reviewed' : 'No use has been reviewed yet'}
            >
              Whoever breaks the glass stands here at once.
            </EmptyState>
          }
        />
      </Panel>
    </>
  )
}
