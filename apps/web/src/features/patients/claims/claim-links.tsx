import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../../components/loaded.tsx'
import { OpenButton } from '../../../components/open-button.tsx'
import { typeLabel } from '../../../lib/fhir/labels.ts'
import { type Outputs, PHI, trpc } from '../../../lib/trpc.ts'
import classes from './claims.module.css'

type Link = Outputs['claims']['links']['items'][number]

const KINDS: Readonly<Record<Link['kind'], string>> = {
  coverage: 'Coverage',
  diagnosis: 'Diagnosis',
  claim: 'Claim',
  answer: 'Payer’s answer',
}

/** Why there is nothing to open: three different sentences. */
const STATES: Readonly<Record<Exclude<Link['state'], 'here'>, string>> = {
  'not-yours': 'Not yours to see',
  'not-imported': 'Not imported',
  unclear: 'The source does not say which record it is',
}

interface Props {
  patientId: string
  id: string
  onOpen: (id: string) => void
}

/** What a claim refers to and what came of it: each can be opened, or why it can't stands there. */
const ClaimLinks = ({ patientId, id, onOpen }: Props) => {
  const { data, error, refetch } = useQuery({
    ...trpc.claims.links.queryOptions({ patientId, id }),
    ...PHI,
  })
  return (
    <section aria-labelledby="claim-links" className={classes.beside}>
      <h3 id="claim-links">Goes with it</h3>
      <Loaded answer={{ data, error, refetch }} height={72}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.quiet}>It refers to no other record, and none refers to it.</p>
          ) : (
            <ul className={classes.links}>
              {items.map((link, index) => (
                <li key={`${link.kind} ${link.record?.id ?? index}`}>
                  <span className={classes.quiet}>{KINDS[link.kind]}</span>
                  <Way link={link} onOpen={onOpen} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

const Way = ({ link: { state, record, words }, onOpen }: { link: Link; onOpen: Props['onOpen'] }) => {
  if (state !== 'here' || record === null)
    return (
      <span>
        {words === null ? null : `${words}: `}
        {state === 'here' ? STATES.unclear : STATES[state]}
      </span>
    )
  const { id, type } = record
  return (
    <OpenButton onClick={() => onOpen(id)}>{words ?? `Open the ${typeLabel(type).toLowerCase()}`}</OpenButton>
  )
}

export default ClaimLinks
