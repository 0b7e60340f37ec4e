import type { Outputs } from '../lib/trpc.ts'
import { Facts } from './facts.tsx'
import { Notice } from './notice.tsx'
import { SeenTable } from './role-permits/seen-table.tsx'
import { When } from './when.tsx'

type Why = Outputs['why']['may']
type Relationship = NonNullable<Why['relationship']>

const ACCOUNTS: Readonly<Record<Why['account'], string | null>> = {
  active: null,
  invited: 'They were invited, and had not set up a second factor: nothing could be reached.',
  suspended: 'The account was suspended: nothing could be reached, whatever its roles say.',
  deactivated: 'The account was closed: nothing could be reached, whatever its roles say.',
  none: 'By the log there was no account yet.',
}

const KINDS: Readonly<Record<Relationship['kind'], string>> = {
  encounter: 'Encounter',
  appointment: 'Appointment',
  referral: 'Referral',
  'care-team': 'Care team',
  cover: 'Cover',
}

/** Of a relationship, what made it so. */
export const relationshipWords = ({ kind, origin, givenBy }: Relationship): string => {
  if (origin === 'records') return `${KINDS[kind]}, as the records say`
  return givenBy === null ? `${KINDS[kind]}, set by hand` : `${KINDS[kind]}, given by ${givenBy.displayName}`
}

const REACH: Readonly<Record<NonNullable<Why['patients']>, string>> = {
  care: ', of patients in their care',
  self: ', of their own record',
  all: ', of every patient',
}

const verdictOf = ({ effect, stepUp, own, patients }: Why): string => {
  if (effect === 'deny') return 'No'
  if (effect === 'needs-break-glass') return 'Only by breaking the glass'
  const whose = own ? REACH.self : patients === null ? '' : REACH[patients]
  return `Yes${whose}${stepUp ? ', with a fresh factor each time' : ''}`
}

/** Where another policy decided then, the answer may have been another one. */
export const PolicyNote = ({ policy }: { policy: Why['policy'] }) =>
  policy.inForceThen === null || policy.inForceThen === policy.decidedBy ? null : (
    <Notice tone="warn">
      This is decided by the roles as they are now ({policy.decidedBy}). Then {policy.inForceThen} was in
      force, which may have said something else. The entry of an access holds what was decided.
    </Notice>
  )

/** Whether somebody may do something, and by what: as the policy decides it. */
export const WhyAnswer = ({ why }: { why: Why }) => {
  const { statement, assignments, relationship, sees } = why
  const account = ACCOUNTS[why.account]
  return (
    <>
      {account === null ? null : <Notice tone="warn">{account}</Notice>}
      <PolicyNote policy={why.policy} />
      <Facts
        items={[
          ['Asked', why.what],
          ['As of', <When key="w" at={why.at} />],
          ['May they?', verdictOf(why)],
          ['Because', why.reason],
          ['Ground', why.brokeGlass ? 'They have broken the glass for this patient' : null],
          [
            'Role',
            statement === null
              ? null
              : statement.role === null
                ? 'None: this is open to everybody who is signed in'
                : `${statement.role.title}, version ${statement.role.version}`,
          ],
          ...assignments.map(
            ({ startsAt, endsAt, grantedBy, approvedBy, reason }) =>
              [
                'Assigned',
                <span key={startsAt}>
                  <When at={startsAt} /> by {grantedBy?.displayName ?? 'the installation'}
                  {approvedBy === null ? '' : `, approved by ${approvedBy.displayName}`}
                  {endsAt === null ? ', no end set' : null}
                  {endsAt === null ? null : (
                    <>
                      , ends <When at={endsAt} />
                    </>
                  )}
                  : “{reason}”
                </span>,
              ] as const,
          ),
          [
            'Relationship',
            relationship === null ? null : (
              <>
                {relationshipWords(relationship)}, since <When at={relationship.startsAt} />
                {relationship.endsAt === null ? null : (
                  <>
                    , ends <When at={relationship.endsAt} />
                  </>
                )}
              </>
            ),
          ],
        ]}
      />
      {sees.length === 0 ? null : (
        <SeenTable caption="Fields of this patient that are shown, by class" sees={sees} labels={null} />
      )}
    </>
  )
}
