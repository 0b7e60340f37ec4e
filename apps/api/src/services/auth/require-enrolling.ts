import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'

/**
 * Throws CONFLICT unless the account, which the transaction has locked, may enrol its first factor: it is
 * still an invited one, has never had a factor, and its password comes from an invitation that stands. A
 * session's stage alone is what was so once.
 */
export const requireEnrolling = async ({ sql }: Transaction, userId: UserId): Promise<void> => {
  const [row] = await sql<{ enrolling: boolean }[]>`
    select u.status = 'invited'
      and not exists (select from totp_factors f where f.user_id = u.id and f.confirmed_at is not null)
      and exists (select from invitations i
        where i.user_id = u.id and i.accepted_at is not null and i.revoked_at is null) as enrolling
    from users u where u.id = ${userId}`
  if (row?.enrolling !== true) {
    throw new ChartwardError('CONFLICT', 'There is nothing to enrol here. Sign in again.')
  }
}
