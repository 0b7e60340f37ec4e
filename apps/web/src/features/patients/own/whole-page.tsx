import { Button, Group } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { BackLink } from '../../../components/back-link.tsx'
import { Facts } from '../../../components/facts.tsx'
import { AsSent } from '../../../components/fhir/as-sent.tsx'
import { Meant } from '../../../components/fhir/meant.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Notice } from '../../../components/notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { typeLabel, typePlural } from '../../../lib/fhir/labels.ts'
import { plainWords } from '../../../lib/fhir/plain.ts'
import { nameText } from '../../../lib/fhir/text.ts'
import { countOf, formatCount, formatExact } from '../../../lib/format.ts'
import { PHI, trpc } from '../../../lib/trpc.ts'
import { groupsFor } from '../groups.ts'
import type { RecordRow } from '../record-columns.tsx'
import { fieldFacts, restFacts } from '../record-facts.tsx'
import { ownActionText, ownGroundText, ownWhoText } from './access-words.ts'
import { readWhole, type Whole } from './read-whole.ts'
import { saveWhole } from './save-whole.ts'
import classes from './whole.module.css'

const route = getRouteApi('/patients/$id/whole')

/** All of one's own record in plain words: to read from end to end, for paper, and as a file. */
export const WholePage = () => {
  const { id } = route.useParams()
  const sheet = useRef<HTMLElement>(null)
  const answer = useQuery({
    queryKey: [...trpc.records.takeAway.queryKey(), id, 'whole'],
    queryFn: ({ signal }) => readWhole(id, signal),
    ...PHI,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const isThere = answer.data !== undefined
  return (
    <>
      <div className={classes.onScreen}>
        <BackLink to="/patients/$id" params={{ id }}>
          Back to my record
        </BackLink>
      </div>
      <PageHeader
        title="All of my record"
        windowTitle="All of my record"
        actions={
          <Group gap="xs" className={classes.onScreen}>
            <Button
              variant="default"
              disabled={!isThere}
              leftSection={<IconPrinter size={16} aria-hidden="true" />}
              onClick={() => window.print()}
            >
              Print
            </Button>
            <Button
              disabled={!isThere}
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              onClick={() => sheet.current !== null && saveWhole(sheet.current)}
            >
              Download
            </Button>
          </Group>
        }
      />
      <Loaded answer={answer} height={480}>
        {(whole: Whole) => (
          <article ref={sheet} className={classes.sheet}>
            <Sheet whole={whole} />
          </article>
        )}
      </Loaded>
    </>
  )
}

const Sheet = ({ whole }: { whole: Whole }) => {
  const { patient, records, disordered, readAt } = whole
  const total = [...records.values()].reduce((sum, rows) => sum + rows.length, 0)
  return (
    <>
      <h2>{nameText(patient.values.name) ?? 'My record'}</h2>
      <p>
        As of {formatExact(readAt)}: {formatCount(total)} records. What psychotherapists keep as notes of
        their own is not among them, by law (45 CFR 164.524(a)(1)(i)).
      </p>
      <section>
        <h3>About me</h3>
        <Facts
          items={[
            ...fieldFacts({ type: 'Patient', values: patient.values, names: patient.names }, { all: true }),
            ...restFacts(patient.rest),
          ]}
        />
        <AsSent values={{ ...patient.values, ...patient.rest }} />
        {patient.untrusted ? <Untrusted /> : null}
      </section>
      {disordered.length === 0 ? null : (
        <Notice tone="bad" title="This may not be all of it">
          What counts your records does not fit what is there ({disordered.map(typePlural).join(', ')}). Ask
          the privacy officer where you are treated.
        </Notice>
      )}
      {groupsFor(patient.counts).map(({ key, label, types }) => (
        <section key={key}>
          <h3>{label}</h3>
          {types.map((type) => (
            <Kind key={type} type={type} rows={records.get(type) ?? []} />
          ))}
        </section>
      ))}
      <WhoSaw {...whole} />
    </>
  )
}

const WhoSaw = ({ accesses, unreadable }: Whole) => {
  const others = accesses.filter(({ who }) => who.kind !== 'you')
  return (
    <section>
      <h3>Who saw my record, besides me</h3>
      {unreadable === 0 ? null : (
        <p>
          {countOf(unreadable, 'entry', 'entries')} of the log about it can’t be read: ask the privacy
          officer.
        </p>
      )}
      {others.length === 0 ? (
        <p>Nobody but me.</p>
      ) : (
        <ul>
          {others.map((access) => (
            <li key={access.id}>
              {formatExact(access.at)}: {ownWhoText(access.who)}. {ownActionText(access)}.{' '}
              {ownGroundText(access)}.
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Untrusted = () => (
  <p>It came from a source that is not marked trusted here: ask where you are treated whether it holds.</p>
)

const Kind = ({ type, rows }: { type: RecordRow['type']; rows: readonly RecordRow[] }) =>
  rows.length === 0 ? null : (
    <section>
      <h4>{typePlural(type)}</h4>
      {rows.map((record) => (
        <section key={record.id} className={classes.record}>
          <h5>
            <Meant meaning={record.meaning}>
              {record.title === null ? typeLabel(type) : plainWords(record.title)}
            </Meant>
          </h5>
          {record.withheld ? (
            <p>It is kept from you: those who sent it have marked it as notes of a psychotherapist.</p>
          ) : null}
          {record.untrusted ? <Untrusted /> : null}
          <Facts items={[...fieldFacts(record, { all: true }), ...restFacts(record.rest)]} />
          {record.withheld ? null : <AsSent values={{ ...record.values, ...record.rest }} />}
        </section>
      ))}
    </section>
  )
