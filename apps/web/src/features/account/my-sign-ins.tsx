import { useCallback } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { deviceOf } from '../../lib/format.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import classes from './account.module.css'
import { outcomeOf, stepOf } from './sign-in-words.ts'

type Row = Outputs['account']['signIns']['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  { key: 'at', label: 'When', width: '9rem', always: true, cell: ({ at }) => <When at={at} /> },
  { key: 'step', label: 'What', min: '12rem', always: true, cell: stepOf },
  {
    key: 'outcome',
    label: 'Outcome',
    min: '11rem',
    cell: (row) => {
      const { words, tone } = outcomeOf(row)
      return <StatusTag tone={tone}>{words}</StatusTag>
    },
  },
  { key: 'ip', label: 'Address', width: '9rem', cell: ({ ip }) => ip ?? 'not known' },
  {
    key: 'device',
    label: 'Device',
    min: '9rem',
    cell: ({ userAgent, current }) => (
      <>
        <span title={userAgent ?? ''}>{deviceOf(userAgent ?? '')}</span>
        {current ? <span className={classes.quiet}> this session</span> : null}
      </>
    ),
  },
]

/** How the person's account was got into, and who else tried: what nobody knows better than they do. */
const MySignIns = () => {
  const { query, rows } = usePages<Row, Outputs['account']['signIns']>({
    queryKey: trpc.account.signIns.queryKey({}),
    fetchPage: (cursor, signal) =>
      client.account.signIns.query(cursor === null ? {} : { cursor }, { signal }),
  })
  return (
    <Panel title="Sign-in history" flush>
      <p className={classes.lead}>
        If something here was not you, change your password, and tell an administrator. Where one address
        tries many times in a minute, the first try is shown.
      </p>
      <DataTable
        id="my-sign-ins"
        caption="Steps of signing in to your account, newest first"
        columns={COLUMNS}
        rows={rows}
        rowKey={useCallback(({ id }: Row) => id, [])}
        query={query}
        empty={<EmptyState title="Nothing yet" />}
      />
    </Panel>
  )
}

/** Comes beside the page. */
export default MySignIns
