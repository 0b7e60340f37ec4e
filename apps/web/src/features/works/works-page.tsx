import type { Work } from '@chartward/contract'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { useWorks } from '../../components/work/use-works.ts'
import {
  isOpen,
  KIND_WORDS,
  resultWords,
  STATE_WORDS,
  toneOf,
  tookWords,
} from '../../components/work/words.ts'
import { WorkProgress } from '../../components/work/work-progress.tsx'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import classes from './works.module.css'

/** Where what came of a work is shown. */
const Place = ({ work }: { work: Work }) => {
  const words = KIND_WORDS[work.kind]
  switch (work.kind) {
    case 'check-log':
      return (
        <Link to="/audit" search={{ proof: true }} className={classes.name}>
          {words}
        </Link>
      )
    case 'build-export':
      return work.subjectId === null ? (
        words
      ) : (
        <Link to="/exports/$id" params={{ id: work.subjectId }} className={classes.name}>
          {words}
        </Link>
      )
    case 'change-people':
      return work.subjectId === null ? (
        words
      ) : (
        <Link to="/people/$id" params={{ id: work.subjectId }} className={classes.name}>
          {words}
        </Link>
      )
    case 'lock-down':
      return (
        <Link to="/users" search={{ status: 'suspended' }} className={classes.name}>
          {words}
        </Link>
      )
    case 'export-log':
      return words
  }
}

const COLUMNS: readonly Column<Work>[] = [
  { key: 'kind', label: 'What', min: '11rem', always: true, cell: (work) => <Place work={work} /> },
  {
    key: 'state',
    label: 'State',
    width: '8rem',
    cell: (work) => <StatusTag tone={toneOf(work)}>{STATE_WORDS[work.state].label}</StatusTag>,
  },
  { key: 'result', label: 'Result', min: '16rem', cell: (work) => resultWords(work) ?? '—' },
  {
    key: 'by',
    label: 'Asked by',
    width: '10rem',
    cell: ({ mine, askedBy }) => (mine ? 'You' : askedBy.displayName),
  },
  { key: 'at', label: 'Asked', width: '9rem', cell: ({ askedAt }) => <When at={askedAt} /> },
  { key: 'took', label: 'Took', width: '7rem', numeric: true, cell: tookWords },
]

/** What takes long: what goes on, and what came of what has ended. */
export const WorksPage = () => {
  const moving = useWorks({ open: true }).data?.items
  return (
    <>
      <PageHeader
        title="Long work"
        windowTitle="Long work"
        lead="What takes a while goes on when you leave the page or sign out; a download ends with its browser. Here is how far it is, and what came of it."
      />
      <div className={classes.stack}>
        {moving === undefined || moving.length === 0 ? null : (
          <Panel title="Going on now">
            <ul className={classes.list}>
              {moving.map((work) => (
                <li key={work.id}>
                  <div className={classes.title}>
                    <Place work={work} />
                    <span className={classes.quiet}>
                      asked for by {work.mine ? 'you' : work.askedBy.displayName} <When at={work.askedAt} />
                    </span>
                  </div>
                  <WorkProgress work={work} />
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <History moving={moving?.map(({ id }) => id).join() ?? ''} />
      </div>
    </>
  )
}

/** Looked up anew when something ends, which `moving` says by the ids of what has not. */
const History = ({ moving }: { moving: string }) => {
  const { query, rows } = usePages<Work, Outputs['works']['list']>({
    queryKey: [...trpc.works.list.queryKey({}), moving],
    fetchPage: (cursor, signal) => client.works.list.query(cursor === null ? {} : { cursor }, { signal }),
  })
  const ended = useMemo(() => rows?.filter((work) => !isOpen(work)), [rows])
  return (
    <Panel title="Ended" flush>
      <DataTable
        id="works"
        caption="Long work that has ended, newest first"
        columns={COLUMNS}
        rows={ended}
        rowKey={useCallback(({ id }: Work) => id, [])}
        query={query}
        empty={
          <EmptyState title="Nothing has ended yet">
            A check of the audit log, a download of it and the building of exports stand here once somebody
            asks for them.
          </EmptyState>
        }
      />
    </Panel>
  )
}
