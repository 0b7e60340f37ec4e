import type { BackupView, ListBackupsOutput } from '@chartward/contract'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { BACKUP_KINDS } from '../../components/backup-kinds.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { formatCount } from '../../lib/format.ts'
import { trpc } from '../../lib/trpc.ts'
import classes from './backups.module.css'
import { drillWords, sizeOf, stateOf, toneOf } from './words.ts'

type Drill = ListBackupsOutput['drills'][number]

const COLUMNS: readonly Column<BackupView>[] = [
  { key: 'what', label: 'What', min: '12rem', always: true, cell: ({ kind }) => BACKUP_KINDS[kind] },
  {
    key: 'state',
    label: 'State',
    min: '10rem',
    cell: (row) => <StatusTag tone={toneOf(row)}>{stateOf(row)}</StatusTag>,
  },
  { key: 'at', label: 'Begun', width: '9rem', cell: ({ startedAt }) => <When at={startedAt} /> },
  { key: 'size', label: 'Size', min: '10rem', cell: sizeOf },
  {
    key: 'log',
    label: 'Log entries',
    width: '8rem',
    numeric: true,
    cell: ({ logSize }) => (logSize === null ? '—' : formatCount(logSize)),
  },
  {
    key: 'until',
    label: 'Kept until',
    width: '9rem',
    cell: ({ expiresAt, state }) =>
      state === 'deleted' || state === 'failed' ? '—' : <When at={expiresAt} />,
  },
]

const DRILL_COLUMNS: readonly Column<Drill>[] = [
  {
    key: 'outcome',
    label: 'Outcome',
    width: '8rem',
    always: true,
    cell: ({ outcome }) => (
      <StatusTag tone={outcome === 'passed' ? 'good' : 'bad'}>
        {outcome === 'passed' ? 'Passed' : 'Failed'}
      </StatusTag>
    ),
  },
  { key: 'what', label: 'What was seen', min: '18rem', cell: drillWords },
  { key: 'at', label: 'When', width: '9rem', cell: ({ finishedAt }) => <When at={finishedAt} /> },
]

/** How things stand, a sentence for each that an administrator answers for. */
const standingOf = ({
  latest,
  latestKeys,
  drills: [drill],
  keysGoneBy,
}: ListBackupsOutput): readonly Fact[] => [
  [
    'Last backup',
    latest === null ? (
      'There is none: what is lost now can not be brought back'
    ) : (
      <>
        <When at={latest.startedAt} />, {sizeOf(latest)}
      </>
    ),
  ],
  [
    'Last copy of the wrapped keys',
    latestKeys === null ? (
      'There is none: without one, no backup can be opened'
    ) : (
      <When at={latestKeys.startedAt} />
    ),
  ],
  [
    'Last drill',
    drill === undefined ? (
      'Nobody has tried to restore a backup yet'
    ) : (
      <>
        {drill.outcome === 'passed' ? 'Passed' : 'Failed'} <When at={drill.finishedAt} />
      </>
    ),
  ],
  [
    'What is shredded now is gone from every copy',
    keysGoneBy === null ? 'at once: there is no copy of the keys' : <When at={keysGoneBy} />,
  ],
]

/** Which backups there are, how old, and what came of trying them. */
export const BackupsPage = () => {
  const query = useQuery(trpc.backups.list.queryOptions({}))
  const { data } = query
  return (
    <>
      <PageHeader
        title="Backups"
        windowTitle="Backups"
        lead="Backups hold records and the audit log, encrypted to keys that are kept elsewhere, and no key of a patient. The wrapped keys are copied apart, and for 35 days at most. Both are made by the operator’s command line."
      />
      {/* All at once: what comes later would push down what stands under it. */}
      {data === undefined && query.error === null ? <Skeleton height={800} /> : null}
      <div className={classes.stack} hidden={data === undefined && query.error === null}>
        {data === undefined || data.whole ? null : (
          <Notice tone="bad" title="A row of backups was changed or taken out behind the application">
            Run the check on the page Audit log, and tell the security officer: nobody can say now which
            copies of the keys there are.
          </Notice>
        )}
        {data === undefined ? null : (
          <Panel title="How things stand">
            <Facts items={standingOf(data)} columns={2} />
            <p className={classes.quiet}>
              No backup for {data.maxAgeHours} hours, and no drill for {data.drillMaxAgeDays} days, is said on
              the landing page of administrators.
            </p>
          </Panel>
        )}
        <Panel title="Backups" flush>
          <DataTable
            id="backups"
            caption="Backups"
            columns={COLUMNS}
            rows={data?.items}
            rowKey={({ id }) => id}
            query={query}
            empty={
              <EmptyState title="There are no backups">
                The operator makes them: chartward backup --to DIR, and --keys-to DIR for the wrapped keys.
              </EmptyState>
            }
          />
        </Panel>
        <Panel title="Drills" flush>
          <DataTable
            id="drills"
            caption="Drills"
            columns={DRILL_COLUMNS}
            rows={data?.drills}
            rowKey={({ id }) => id}
            query={query}
            empty={
              <EmptyState title="No backup has been tried">
                A drill restores the latest into a scratch database and compares all of it: chartward backup
                drill.
              </EmptyState>
            }
          />
        </Panel>
      </div>
    </>
  )
}
