import type { SessionEndReason } from '@chartward/contract'
import { deviceOf } from '../lib/format.ts'
import type { Outputs } from '../lib/trpc.ts'
import type { Column } from './data-table.tsx'
import classes from './session-columns.module.css'
import { StatusTag } from './status-tag.tsx'
import { When } from './when.tsx'

type Session = Outputs['users']['get']['sessions'][number]

const STAGES: Readonly<Record<Session['stage'], string>> = {
  full: 'Password and second factor',
  factor: 'Password only',
  enrol: 'Enrolling a second factor',
}

const ENDS: Readonly<Record<SessionEndReason, string>> = {
  'sign-out': 'signed out',
  replaced: 'signed in elsewhere',
  expired: 'ran out',
  renewed: 'renewed',
  'role-change': 'roles changed',
  deactivated: 'account closed',
  lockdown: 'locked down',
  'ended-by-administrator': 'ended for them',
  'ended-by-owner': 'ended by the person',
  'password-reset': 'password reset',
}

/** What somebody else did to it is said with their name. */
const ENDED_FOR: ReadonlySet<SessionEndReason> = new Set([
  'deactivated',
  'lockdown',
  'ended-by-administrator',
])

const State = ({ session }: { session: Session }) => {
  const { endedAt, endReason, endedBy, idleExpiresAt, expiresAt } = session
  if (endedAt === null)
    return (
      <>
        <StatusTag tone="good">Open</StatusTag>
        <div className={classes.quiet}>
          If idle, ends <When at={idleExpiresAt} />
        </div>
        <div className={classes.quiet}>
          At the latest <When at={expiresAt} />
        </div>
      </>
    )
  return (
    <>
      <StatusTag tone="quiet">Ended</StatusTag> <When at={endedAt} />
      {endReason === null ? null : (
        <div className={classes.quiet}>
          {ENDS[endReason]}
          {endedBy === null || !ENDED_FOR.has(endReason) ? null : `, by ${endedBy.displayName}`}
        </div>
      )}
    </>
  )
}

/** What a session is, whoever's it is: the device, whence, how it was signed in, since when and how long. */
export const sessionColumns = <Row extends Session>(): readonly Column<Row>[] => [
  {
    key: 'device',
    label: 'Device',
    min: '9rem',
    always: true,
    sort: ({ userAgent }) => deviceOf(userAgent ?? ''),
    cell: ({ userAgent }) => <span title={userAgent ?? ''}>{deviceOf(userAgent ?? '')}</span>,
  },
  {
    key: 'ip',
    label: 'Address',
    width: '9rem',
    sort: ({ ip }) => ip,
    cell: ({ ip }) => ip ?? <span className={classes.quiet}>not known</span>,
  },
  {
    key: 'factors',
    label: 'Signed in with',
    width: '13rem',
    min: '9rem',
    sort: ({ stage }) => STAGES[stage],
    cell: ({ stage, factorAt }) => (
      <>
        {STAGES[stage]}
        {factorAt === null ? null : (
          <div className={classes.quiet}>
            last code <When at={factorAt} />
          </div>
        )}
      </>
    ),
  },
  {
    key: 'since',
    label: 'Started',
    width: '8rem',
    sort: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
  {
    key: 'last',
    label: 'Last act',
    width: '8rem',
    sort: ({ lastActiveAt }) => lastActiveAt,
    cell: ({ lastActiveAt }) => <When at={lastActiveAt} />,
  },
  {
    key: 'state',
    label: 'State',
    width: '13rem',
    min: '9rem',
    sort: ({ endedAt }) => (endedAt === null ? 'Open' : `Ended ${endedAt}`),
    cell: (session) => <State session={session} />,
  },
]

/** Whether a session that was open when it was asked for is so still. */
export const isOpen = ({ endedAt }: Pick<Session, 'endedAt'>): boolean => endedAt === null
