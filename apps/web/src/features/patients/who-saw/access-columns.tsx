import { Link } from '@tanstack/react-router'
import type { Column } from '../../../components/data-table.tsx'
import { ShortId } from '../../../components/short-id.tsx'
import { UnusualReason } from '../../../components/unusual-reason.tsx'
import { actorName } from '../../../lib/actor-name.ts'
import { pathLabel } from '../../../lib/fhir/labels.ts'
import { countOf, formatExact, sentence } from '../../../lib/format.ts'
import { type Access, AccessOutcome, groundText, rolesText, whatText, whyText } from './access-words.tsx'
import classes from './who-saw.module.css'

const nothing = <span className={classes.quiet}>–</span>

/** Classes at a glance; the fields of them by name where somebody looks closer. */
const Shown = ({ access: { classes: shown, fields, masked } }: { access: Access }) =>
  shown.length === 0 ? (
    nothing
  ) : (
    <details>
      <summary>
        {shown.map(sentence).join(', ')}{' '}
        <span className={classes.quiet}>· {countOf(fields.length + masked.length, 'field')}</span>
      </summary>
      <ul className={classes.fields}>
        {fields.map((path) => (
          <li key={path} title={path}>
            {pathLabel(path)}
          </li>
        ))}
        {masked.map((path) => (
          <li key={path} title={path}>
            {pathLabel(path)} <span className={classes.quiet}>masked</span>
          </li>
        ))}
      </ul>
    </details>
  )

/** What was done, with the way to the whole of its request where the reader may open entries. */
const What = ({ access, linked }: { access: Access; linked: boolean }) =>
  linked ? (
    <Link
      to="/audit"
      search={{ entry: access.id, ...(access.requestId === null ? {} : { request: access.requestId }) }}
    >
      {whatText(access)}
    </Link>
  ) : (
    whatText(access)
  )

/** `linked`: whether the reader may open the entry in the audit log. */
export const accessColumns = (linked: boolean): readonly Column<Access>[] => [
  {
    key: 'when',
    label: 'When',
    width: '8rem',
    cell: ({ at }) => <time dateTime={at}>{formatExact(at)}</time>,
  },
  {
    key: 'who',
    label: 'Who',
    width: '11rem',
    cell: (access) => (
      <>
        {actorName(access.actor)}
        <div className={classes.quiet}>{rolesText(access)}</div>
        <div className={classes.small}>
          <span className={classes.quiet}>Reached by:</span> {groundText(access)}
        </div>
      </>
    ),
  },
  {
    key: 'what',
    label: 'What',
    width: '10rem',
    cell: (access) => (
      <>
        <What access={access} linked={linked} />
        {access.requestId === null ? null : (
          <div className={classes.small}>
            <span className={classes.quiet}>Request</span> <ShortId id={access.requestId} of="request id" />
          </div>
        )}
      </>
    ),
  },
  { key: 'shown', label: 'Shown', cell: (access) => <Shown access={access} /> },
  {
    key: 'outcome',
    label: 'Outcome and why',
    width: '9rem',
    cell: (access) => {
      const why = whyText(access)
      return (
        <>
          <AccessOutcome access={access} />
          {why === null ? null : <div className={classes.small}>{why}</div>}
          {access.explained === null ? null : (
            <UnusualReason explained={access.explained} readable={linked} />
          )}
        </>
      )
    },
  },
]
