import { Link } from '@tanstack/react-router'
import { Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { RoleDifference } from '../../components/role-difference/role-difference.tsx'
import { RolePermits } from '../../components/role-permits/role-permits.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { formatExact, shortId } from '../../lib/format.ts'
import { useCan } from '../../lib/session/session.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './approvals.module.css'
import { PeopleTerms } from './people-terms.tsx'
import { UploadTerms } from './upload-terms.tsx'

type Shown = Outputs['approvals']['get']
type Terms = Shown['terms']
type Subject = NonNullable<Terms['subject']>

const STATUSES: Readonly<Record<Subject['status'], string>> = {
  invited: 'Invited, not yet taken over',
  active: 'Active',
  suspended: 'Locked down',
  deactivated: 'Deactivated',
}

const invitedBy = (subject: Subject, { requestedBy }: Terms): string => {
  if (subject.invitedBy === null) return 'The installation'
  const { id, displayName } = subject.invitedBy
  return id === requestedBy.id ? `${displayName}, who also asks for this` : displayName
}

/** What a second person puts their name to, in full: nothing of it is cut short or shown on hover alone. */
export const TermsView = ({ shown: { terms, hash } }: { shown: Shown }) => {
  const can = useCan()
  const {
    subject,
    upload,
    people,
    roleVersion,
    conflicts,
    line,
    endsAt,
    reason,
    requestedBy,
    createdAt,
    role,
    gives,
    entryId,
  } = terms
  return (
    <>
      <Facts
        items={[
          ...(subject === null
            ? [['What', <strong key="w">{line}</strong>] as const]
            : ([
                [
                  'For',
                  <span key="f">
                    <Link to="/users/$id" params={{ id: subject.id }}>
                      {subject.displayName}
                    </Link>
                    , {subject.email}
                  </span>,
                ],
                ['What', <strong key="w">{line}</strong>],
                ['Until', endsAt === null ? 'No end' : formatExact(endsAt)],
                ['Holds already', subject.holds.length === 0 ? 'No role' : subject.holds.join(', ')],
                ['Account', STATUSES[subject.status]],
                [
                  'Enrolled',
                  subject.enrolled ? 'Yes' : 'No: nothing is given to them before they have signed in',
                ],
                ['Invited by', invitedBy(subject, terms)],
              ] as const)),
          ['Requested by', requestedBy.displayName],
          ['Requested', formatExact(createdAt)],
          [
            'Reason given',
            <span key="r" className={classes.words}>
              “{reason}”
            </span>,
          ],
          ['It also gives', gives.length === 0 ? null : gives.join('. ')],
          [
            'What it permits',
            subject !== null && role === null && gives.length === 0
              ? 'Nothing: it gives no permission of its own.'
              : null,
          ],
        ]}
      />
      {conflicts.map((says) => (
        <Notice key={says} tone="warn" title="Two duties that one person should not have">
          {says}
        </Notice>
      ))}
      {upload === null ? null : <UploadTerms upload={upload} />}
      {people === null ? null : <PeopleTerms people={people} />}
      {roleVersion === null ? null : <RoleDifference difference={roleVersion} />}
      {role === null ? null : (
        <section aria-label={`What the role ${role.title} permits`} className={classes.permits}>
          <h3 className={classes.heading}>
            What the role {role.title} permits, in version {role.version}
          </h3>
          <RolePermits role={role} />
        </section>
      )}
      <section aria-label="What your decision commits to" className={classes.signed}>
        Your decision is bound to what stands here, by its SHA-256 hash in your audit entry. If any of it
        changes before you decide, you are asked to look again.
        <code className={classes.hash}>{hash}</code>
        {entryId === null ? null : (
          <div>
            Asked for by the entry{' '}
            {can('audit:entry:read') ? (
              <Link to="/audit" search={{ entry: entryId }} title={entryId}>
                <code>{shortId(entryId)}</code>
              </Link>
            ) : (
              <ShortId id={entryId} of="entry id" />
            )}
          </div>
        )}
      </section>
    </>
  )
}
