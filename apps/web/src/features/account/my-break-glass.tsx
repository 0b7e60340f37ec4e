import { useQuery } from '@tanstack/react-query'
import { CAUSES, stateOf, VERDICTS } from '../../components/break-glass/words.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import classes from './account.module.css'

type Row = Outputs['breakGlass']['mine']['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'patient',
    label: 'Patient',
    always: true,
    cell: ({ patientId }) => <ShortId id={patientId} of="patient id" />,
  },
  { key: 'why', label: 'Why', cell: ({ cause }) => CAUSES[cause] },
  { key: 'since', label: 'Since', width: '9rem', cell: ({ startsAt }) => <When at={startsAt} /> },
  { key: 'state', label: 'State', cell: (use) => stateOf(use) },
  {
    key: 'review',
    label: 'Review',
    cell: ({ verdict }) =>
      verdict === null ? (
        <StatusTag tone="warn">Waits for review</StatusTag>
      ) : (
        <StatusTag tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].label}</StatusTag>
      ),
  },
]

/** One's own uses of break-glass, and what was said of each. */
const MyBreakGlass = () => {
  const query = useQuery({ ...trpc.breakGlass.mine.queryOptions({}), staleTime: 0 })
  return (
    <Panel flush title="Your uses of break-glass">
      <p className={classes.note}>
        Each use is reviewed by somebody else, who sees what you opened. Until then it waits, and more people
        are told. It never keeps you from breaking the glass again.
      </p>
      <DataTable
        caption="Your uses of break-glass"
        columns={COLUMNS}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        query={query}
        empty={<EmptyState title="You have never broken the glass" />}
      />
    </Panel>
  )
}

export default MyBreakGlass
