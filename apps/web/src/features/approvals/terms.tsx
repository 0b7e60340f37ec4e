import { Link } from '@tanstack/react-router'
import { Facts } from '../../components/facts.tsx'
import { formatExact } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './approvals.module.css'

export type Approval = Outputs['approvals']['list']['items'][number]

/** What a second person puts their name to, in full: nothing of it is cut short or shown on hover alone. */
export const Terms = ({ approval }: { approval: Approval }) => {
  const { subject, detail, endsAt, reason, requestedBy, createdAt, gives } = approval
  return (
    <Facts
      items={[
        [
          'For',
          <Link key="f" to="/users/$id" params={{ id: subject.id }}>
            {subject.label}
          </Link>,
        ],
        ['What', <strong key="w">{detail}</strong>],
        ['Until', endsAt === null ? 'No end' : formatExact(endsAt)],
        [
          'Reason given',
          <span key="r" className={classes.words}>
            “{reason}”
          </span>,
        ],
        [
          'Invited by',
          subject.invitedBy === null
            ? 'The installation'
            : subject.invitedBy.id === requestedBy.id
              ? `${subject.invitedBy.displayName}, who also asks for this`
              : subject.invitedBy.displayName,
        ],
        ['Enrolled', subject.enrolled ? 'Yes' : 'No: this can’t be approved before they have signed in'],
        ['Requested by', requestedBy.displayName],
        ['Requested', formatExact(createdAt)],
        [
          'What it allows',
          gives.length === 0 ? (
            'Nothing: it gives no permission of its own.'
          ) : (
            <ul key="g" className={classes.gives}>
              {gives.map((given) => (
                <li key={given}>{given}</li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  )
}
