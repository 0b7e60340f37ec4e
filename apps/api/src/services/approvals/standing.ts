import type { Transaction } from '@chartward/db'
import { decide, type Permission, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { oneAtATime } from './one-at-a-time.ts'

interface StandingRow {
  readonly enrolled: boolean
  readonly assignment_id: string | null
  readonly role: string
  readonly starts_at: string
  readonly ends_at: string | null
}

/** Read in the transaction, not in the request: what has ended since then has ended. */
const standingOf = ({ sql }: Transaction, userId: UserId): Promise<StandingRow[]> => sql<StandingRow[]>`
  select u.status = 'active' and exists (select from totp_factors f
      where f.user_id = u.id and f.confirmed_at is not null and not f.disabled) as enrolled,
    a.id as assignment_id, a.role, a.starts_at, a.ends_at
  from users u left join role_assignments a on a.user_id = u.id where u.id = ${userId}`

/** Whether somebody has signed in with a factor of their own and may do so still. */
export const isEnrolled = async (tx: Transaction, userId: UserId): Promise<boolean> =>
  (await standingOf(tx, userId))[0]?.enrolled === true

/**
 * Begins an act that takes two people, or that may leave too few: such acts wait for each other, and whoever
 * acts must still hold the permission when it is their turn. Throws FORBIDDEN where they don't: of two who
 * lock each other out at the same moment, the second finds that out here.
 */
export const beginPrivilegedAct = async (
  tx: Transaction,
  { app, user }: Pick<VerbContext, 'app' | 'user'>,
  permission: Permission,
): Promise<void> => {
  await oneAtATime(tx)
  const message = 'Your role does not permit this any more.'
  await requireRight(tx, app, { holder: user.id, permission, about: null, message })
}

/**
 * Throws FORBIDDEN where somebody does not, or no longer, hold a permission with regard to somebody else.
 * That their factor is fresh was asked when they asked or decided.
 */
export const requireRight = async (
  tx: Transaction,
  { clock, policies }: Pick<App, 'clock' | 'policies'>,
  right: {
    readonly holder: UserId
    readonly permission: Permission
    readonly about: UserId | null
    readonly message: string
  },
): Promise<void> => {
  const { holder, permission, about, message } = right
  const rows = await standingOf(tx, holder)
  const now = clock()
  const roles = rows.flatMap(({ assignment_id, role, starts_at, ends_at }) =>
    assignment_id === null
      ? []
      : [
          {
            name: role,
            assignmentId: assignment_id,
            startsAt: new Date(starts_at),
            endsAt: ends_at === null ? null : new Date(ends_at),
          },
        ],
  )
  const { effect } = decide({
    actor: { kind: 'user', id: holder, roles, patientId: null },
    permission,
    resource: { kind: 'none' },
    context: { now, factorAt: now, relationship: null, aboutUserId: about },
    policy: await policies.inForce(),
  })
  if (rows[0]?.enrolled !== true || effect !== 'allow') throw new ChartwardError('FORBIDDEN', message)
}
