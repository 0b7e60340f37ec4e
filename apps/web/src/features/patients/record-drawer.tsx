import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Drawer } from '../../components/drawer.tsx'
import { Facts } from '../../components/facts.tsx'
import { AsSent } from '../../components/fhir/as-sent.tsx'
import { Labels, Meant } from '../../components/fhir/meant.tsx'
import { Notice } from '../../components/notice.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { ShortId } from '../../components/short-id.tsx'
import type { Steps } from '../../components/steps.ts'
import { typeLabel } from '../../lib/fhir/labels.ts'
import { meaningText } from '../../lib/fhir/meaning.ts'
import { plainWords } from '../../lib/fhir/plain.ts'
import { PHI, trpc } from '../../lib/trpc.ts'
import type { RecordRow } from './record-columns.tsx'
import { fieldFacts, restFacts } from './record-facts.tsx'

// For claims alone.
const ClaimLinks = lazy(() => import('./claims/claim-links.tsx'))
const LINKED: ReadonlySet<string> = new Set(['Claim', 'ClaimResponse', 'ExplanationOfBenefit'])

interface Props {
  patientId: string
  id: string | null
  /** The record as the list holds it: opening it shows nothing new, so nothing is asked for. */
  loaded: RecordRow | undefined
  listed: boolean
  onClose: () => void
  /** Opens another record of the patient in this one's place. */
  onOpen: (id: string) => void
  steps: Steps
}

/** Everything of one record that the person's roles show, and of a claim what goes with it. */
export const RecordDrawer = ({ patientId, id, loaded, listed, onClose, onOpen, steps }: Props) => {
  const [followed, setFollowed] = useState<{ from: string; to: string } | null>(null)
  const follow = (to: string): void => {
    if (id !== null) setFollowed({ from: id, to })
    onOpen(to)
  }
  const from = followed !== null && followed.to === id ? followed.from : null
  const { data, error, refetch } = useQuery({
    ...trpc.records.get.queryOptions({ patientId, id: id ?? '' }),
    ...PHI,
    enabled: id !== null && listed && loaded === undefined,
  })
  const record = loaded ?? data
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={record === undefined ? 'Record' : nameOf(record)}
      close="Close the record"
      steps={steps}
      answer={{ data: record, error, refetch }}
      height={240}
    >
      {(shown) => (
        <>
          {from === null ? null : (
            <p>
              <OpenButton onClick={() => follow(from)}>Back to the record before</OpenButton>
            </p>
          )}
          {LINKED.has(shown.type) && !shown.withheld ? (
            <Suspense fallback={<Skeleton height={96} />}>
              <ClaimLinks patientId={patientId} id={shown.id} onOpen={follow} />
            </Suspense>
          ) : null}
          <Fields record={shown} />
        </>
      )}
    </Drawer>
  )
}

/** "Document: Progress note": a record is named by what it is. */
const nameOf = ({ type, title, meaning }: RecordRow): string =>
  // What is not so, or was taken back, is not named without the words that say it: they stand under this.
  title === null || meaning.standing !== 'said' ? typeLabel(type) : `${typeLabel(type)}: ${plainWords(title)}`

const Fields = ({ record }: { record: RecordRow }) => (
  <>
    <Said record={record} />
    {record.withheld ? (
      <Notice tone="info" title="Withheld from you">
        Its source restricts who may see it, and none of your roles opens it.
      </Notice>
    ) : null}
    {record.untrusted ? (
      <Notice tone="warn" title="From a source that is not marked trusted">
        It is shown, but makes no care relationship.
      </Notice>
    ) : null}
    <Facts
      items={[
        ...fieldFacts(record),
        ...restFacts(record.rest),
        ['Version', String(record.version)],
        ['Record id', <ShortId key="id" id={record.id} of="record id" />],
      ]}
    />
    {record.withheld ? null : <AsSent values={{ ...record.values, ...record.rest }} />}
  </>
)

/** What the record is about, and what may not be ignored of it, before all its fields. */
const Said = ({ record: { type, title, meaning } }: { record: RecordRow }) => (
  <>
    {meaningText(meaning) === null ? null : (
      <Notice tone="warn" title={meaningText(meaning) ?? ''}>
        <Meant meaning={meaning}>{title === null ? typeLabel(type) : plainWords(title)}</Meant>
      </Notice>
    )}
    {meaning.labels.length === 0 ? null : (
      <p>
        <Labels meaning={meaning} />
      </p>
    )}
  </>
)
