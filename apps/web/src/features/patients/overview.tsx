import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Labels, Meant } from '../../components/fhir/meant.tsx'
import { Notice } from '../../components/notice.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { stepsOf } from '../../components/steps.ts'
import { neighboursOf } from '../../components/table/neighbours.ts'
import { failureOf } from '../../lib/errors.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { PHI, trpc } from '../../lib/trpc.ts'
import classes from './overview.module.css'
import { overviewFacts, overviewTitle } from './overview-facts.tsx'
import {
  absenceText,
  besideTexts,
  type OverviewAnswer,
  type OverviewKey,
  PARTS,
  type Section,
} from './overview-words.ts'
import type { RecordRow } from './record-columns.tsx'
import { RecordDrawer } from './record-drawer.tsx'

const route = getRouteApi('/patients/$id')

/** What may hurt first, over the whole width; then what is so now, and beside it what was last. */
const COLUMNS = [['allergies'], ['problems', 'medication', 'orders'], ['vitals', 'visits']] as const
const KEYS = COLUMNS.flat()

type Props = {
  patientId: string
  /** What comes after it: shown with it, so that nothing moves when it arrives. */
  children: ReactNode
}

/** How the patient is now, and what happened last: the first thing on a chart. */
export const Overview = ({ patientId, children }: Props) => {
  const { record } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery({ ...trpc.records.overview.queryOptions({ patientId }), ...PHI })
  const beside = useBeside(record !== undefined)
  const go = (id: string) => void navigate({ search: (prev) => ({ ...prev, record: id }), ...beside.opening })
  const open = (row: RecordRow) => go(row.id)
  const close = () =>
    beside.close(() =>
      navigate({ search: (prev) => ({ ...prev, record: undefined }), replace: true, resetScroll: false }),
    )
  const items: readonly RecordRow[] = data === undefined ? [] : KEYS.flatMap((key) => data[key].items)
  if (data === undefined && error === null) return <Skeleton height={480} />
  return (
    <div className={classes.stack}>
      {data === undefined ? (
        <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Parts patientId={patientId} answer={data} onOpen={open} />
      )}
      {children}
      <RecordDrawer
        patientId={patientId}
        id={record ?? null}
        loaded={items.find(({ id }) => id === record)}
        listed={data !== undefined || error !== null}
        onClose={close}
        onOpen={go}
        steps={stepsOf(
          neighboursOf(
            items,
            items.map(({ id }) => id),
            record,
            false,
          ),
          open,
        )}
      />
    </div>
  )
}

interface PartsProps {
  patientId: string
  answer: OverviewAnswer
  onOpen: (row: RecordRow) => void
}

/** Of a role that sees no part of it one sentence is said, and not six. */
export const Parts = ({ patientId, answer, onOpen }: PartsProps) =>
  KEYS.every((key) => answer[key].known === 'not-yours') ? (
    <Notice tone="info" title="The clinical overview is not yours to see">
      Your roles don’t show allergies, problems, medication, vital signs, visits or orders. Whether there are
      any is not said either.
    </Notice>
  ) : (
    <div className={classes.grid}>
      {COLUMNS.map((keys) => (
        <div key={keys[0]} className={classes.column}>
          {keys.map((key) => (
            <Part key={key} part={key} patientId={patientId} section={answer[key]} onOpen={onOpen} />
          ))}
        </div>
      ))}
    </div>
  )

interface PartProps {
  part: OverviewKey
  patientId: string
  section: Section
  onOpen: (row: RecordRow) => void
}

const Part = ({ part, patientId, section, onOpen }: PartProps) => {
  const { title, tab, type } = PARTS[part]
  const absence = absenceText(part, section)
  return (
    <Panel
      title={title}
      aside={
        section.known === 'some' ? (
          <Link to="/patients/$id" params={{ id: patientId }} search={{ tab, type }} className={classes.all}>
            All<VisuallyHidden> of these: {title.toLowerCase()}</VisuallyHidden>
          </Link>
        ) : undefined
      }
    >
      {section.untrusted ? (
        <Notice tone="bad" title="Not all of this is as it was stored">
          It may be too much or too little. Read the list, and tell the privacy officer.
        </Notice>
      ) : null}
      {absence === null ? null : <p className={classes.absence}>{absence}</p>}
      {section.items.length === 0 ? null : (
        <ul className={classes.items} aria-label={title}>
          {section.items.map((row) => (
            <Item key={row.id} part={part} row={row} onOpen={onOpen} />
          ))}
        </ul>
      )}
      {besideTexts(part, section).map((text) => (
        <p key={text} className={classes.beside}>
          {text}
        </p>
      ))}
    </Panel>
  )
}

const Item = ({
  part,
  row,
  onOpen,
}: {
  part: OverviewKey
  row: RecordRow
  onOpen: (row: RecordRow) => void
}) => {
  const { main, more } = overviewFacts(part, row)
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <span>
          <OpenButton onClick={() => onOpen(row)}>
            <Meant meaning={row.meaning}>{overviewTitle(part, row)}</Meant>
          </OpenButton>{' '}
          <Labels meaning={row.meaning} />{' '}
          {row.untrusted ? <StatusTag tone="bad">Not as it was stored</StatusTag> : null}
        </span>
        {main === null ? null : <span className={classes.main}>{main}</span>}
      </div>
      {more.length === 0 ? null : <div className={classes.more}>{more.join(' · ')}</div>}
    </li>
  )
}
