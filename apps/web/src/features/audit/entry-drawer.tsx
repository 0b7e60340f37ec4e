import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Drawer } from '../../components/drawer.tsx'
import { Facts } from '../../components/facts.tsx'
import { ShortId } from '../../components/short-id.tsx'
import type { Steps } from '../../components/steps.ts'
import { UnusualReason } from '../../components/unusual-reason.tsx'
import { actorName, kindText } from '../../lib/actor-name.ts'
import { pathLabel, typeLabel } from '../../lib/fhir/labels.ts'
import { deviceOf, formatCount, formatExact, sentence } from '../../lib/format.ts'
import { useCan } from '../../lib/session/session.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { actionLabel } from './action-label.ts'
import classes from './audit.module.css'
import { Change } from './change.tsx'
import { Inclusion } from './inclusion.tsx'
import { OutcomeTag } from './outcome.tsx'

type Entry = Outputs['audit']['get']

interface Props {
  id: string | null
  onClose: () => void
  steps: Steps
}

/** One entry: who, what, on whom, which fields, when, from where, why, and what decided; and its proof. */
export const EntryDrawer = ({ id, onClose, steps }: Props) => {
  const answer = useQuery({
    ...trpc.audit.get.queryOptions({ id: id ?? '' }),
    enabled: id !== null,
  })
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={answer.data === undefined ? 'Audit entry' : actionLabel(answer.data.action)}
      close="Close the entry"
      steps={steps}
      answer={answer}
      height={420}
    >
      {(entry) => <EntryView key={entry.id} entry={entry} />}
    </Drawer>
  )
}

const EntryView = ({ entry }: { entry: Entry }) => {
  const can = useCan()
  const { actor, patientId } = entry
  return (
    <div className={classes.stack}>
      <Facts
        items={[
          ['Outcome', <OutcomeTag key="o" said={entry.outcome} />],
          ['When', formatExact(entry.at)],
          [
            'Who',
            <span key="w">
              {actorName(actor)}
              <span className={classes.quiet}> · {kindText(actor.kind)}</span>
              {actor.id === null ? null : (
                <>
                  {' · '}
                  <Link to="/audit" search={{ actor: actor.id }}>
                    all by them
                  </Link>
                </>
              )}
            </span>,
          ],
          [
            'On',
            entry.resourceType === 'none' ? null : (
              <span key="r">
                {typeLabel(entry.resourceType)}{' '}
                {entry.resourceId === null ? null : <ShortId id={entry.resourceId} of="id" />}
              </span>
            ),
          ],
          [
            'Patient',
            patientId === null ? null : (
              <span key="p">
                <ShortId id={patientId} of="patient id" />{' '}
                {can('audit:access:list') && can('vault:patient:read') ? (
                  <Link to="/patients/$id" params={{ id: patientId }} search={{ tab: 'who-saw' }}>
                    who saw this patient
                  </Link>
                ) : null}{' '}
                <Link to="/audit" search={{ patient: patientId }}>
                  all entries about them
                </Link>
              </span>
            ),
          ],
          ['How many', entry.count === null ? null : formatCount(entry.count)],
          ['Purpose', entry.purpose === null ? null : sentence(entry.purpose)],
          ['Reason', entry.reason],
          [
            'Decided by',
            entry.statement === null ? null : <code className={classes.id}>{entry.statement}</code>,
          ],
          ['Justification', entry.note],
          [
            'Unusual access',
            entry.explained === null ? null : <UnusualReason key="u" explained={entry.explained} readable />,
          ],
          ['From', entry.ip === null ? null : `${entry.ip}, ${deviceOf(entry.userAgent ?? '')}`],
          [
            'Session',
            entry.sessionId === null ? null : <ShortId key="s" id={entry.sessionId} of="session id" />,
          ],
          [
            'Request',
            entry.requestId === null ? null : (
              <span key="q">
                <ShortId id={entry.requestId} of="request id" />{' '}
                <Link to="/audit" search={{ request: entry.requestId }}>
                  the whole request
                </Link>
              </span>
            ),
          ],
          ['Entry', <ShortId key="e" id={entry.id} of="entry id" />],
        ]}
      />
      <Fields title="Fields shown" paths={entry.fields} />
      <Fields title="Fields shown masked" paths={entry.masked} />
      <Change change={entry.change} />
      <JsonDetails title="Facts of the decision" value={entry.facts} />
      <details>
        <summary>The exact bytes</summary>
        <pre className={classes.json}>{entry.canonical}</pre>
      </details>
      {can('audit:log:verify') ? <Inclusion entry={entry} /> : null}
    </div>
  )
}

const Fields = ({ title, paths }: { title: string; paths: readonly string[] }) =>
  paths.length === 0 ? null : (
    <section>
      <h3 className={classes.heading}>
        {title} ({formatCount(paths.length)})
      </h3>
      <ul className={classes.paths}>
        {paths.map((path) => (
          <li key={path} title={path}>
            {pathLabel(path)}
          </li>
        ))}
      </ul>
    </section>
  )

const JsonDetails = ({ title, value }: { title: string; value: object }) =>
  Object.keys(value).length === 0 ? null : (
    <details>
      <summary>{title}</summary>
      <pre className={classes.json}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  )
