import type { Transaction } from '@chartward/db'
import { type Policy, rolesAllowing, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'

/** The roles by which somebody administers: whoever holds one can decide what takes a second person. */
export const administering = (policy: Policy): string[] => rolesAllowing(policy, 'access:approval:decide')

interface HeldByAdministrator {
  readonly assignmentId: string
  readonly userId: UserId
}

/**
 * Throws CONFLICT where no administrator who can sign in would be left. Locks all of them, accounts and
 * assignments, in one order: of two who take the role from each other at the same moment, the second finds
 * that out here.
 */
export const requireAnotherAdministrator = async (
  tx: Transaction,
  { clock, policies }: App,
  isLeaving: (held: HeldByAdministrator) => boolean,
  message = 'This would leave nobody to administer Chartward.',
): Promise<void> => {
  const now = clock().toISOString()
  const roles = administering(await policies.inForce())
  const held = await tx.sql<HeldByAdministrator[]>`
    select a.id as "assignmentId", a.user_id as "userId" from role_assignments a join users u on u.id = a.user_id
    where a.role = any(${roles}) and u.status = 'active' and a.starts_at <= ${now}
      and (a.ends_at is null or a.ends_at > ${now}) and a.ended_by is null
    order by a.id for no key update`
  if (held.every(isLeaving)) throw new ChartwardError('CONFLICT', message)
}
