import type { Transaction } from '@chartward/db'
import { FLOORS, rolesAllowing, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'

interface Standing {
  readonly assignmentId: string
  readonly userId: UserId
}

/**
 * Who holds, without an end in sight, a role of these and can sign in: the account is active and has a
 * confirmed factor. A role that will end by itself holds no floor up.
 */
const standing = ({ sql }: Transaction, roles: readonly string[], now: Date): Promise<Standing[]> =>
  sql<Standing[]>`
    select a.id as "assignmentId", a.user_id as "userId" from role_assignments a join users u on u.id = a.user_id
    where a.role = any(${[...roles]}) and a.starts_at <= ${now.toISOString()} and a.ends_at is null and u.status = 'active'
      and exists (select from totp_factors f
        where f.user_id = u.id and f.confirmed_at is not null and not f.disabled)`

const peopleOf = (held: readonly Standing[]): Set<UserId> => new Set(held.map(({ userId }) => userId))

/**
 * Throws CONFLICT where what leaves would take the installation below a floor. The caller acts one at a time
 * (`oneAtATime`), so of two who would each leave enough the second finds that out here.
 */
export const requireFloors = async (
  tx: Transaction,
  { clock, policies }: App,
  isLeaving: (held: Standing) => boolean,
): Promise<void> => {
  const policy = await policies.inForce()
  for (const { permission, least, people } of FLOORS) {
    const held = await standing(tx, rolesAllowing(policy, permission), clock())
    const left = peopleOf(held.filter((one) => !isLeaving(one)))
    if (left.size >= least || left.size === peopleOf(held).size) continue
    throw new ChartwardError('CONFLICT', `This would leave fewer than ${people} who can sign in.`)
  }
}

/**
 * Whether nobody of a floor but the actor would be left without the subject: that is not for one to decide.
 */
export const isLastOther = async (
  tx: Transaction,
  { clock, policies }: App,
  { subject, actor }: { readonly subject: UserId; readonly actor: UserId },
): Promise<boolean> => {
  const policy = await policies.inForce()
  for (const { permission } of FLOORS) {
    const people = peopleOf(await standing(tx, rolesAllowing(policy, permission), clock()))
    if (people.delete(subject) && ![...people].some((one) => one !== actor)) return true
  }
  return false
}
