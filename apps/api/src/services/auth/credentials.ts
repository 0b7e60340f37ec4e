import { normaliseEmail } from '@chartward/crypto'
import type { Connection, Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'

interface Credentials {
  readonly userId: UserId
  /** Null where no password counts: none was ever set, or the account is deactivated or was invited anew. */
  readonly passwordHash: string | null
  /**
   * Also for a factor that was disabled: losing one must not open the way to enrol another with the
   * password alone.
   */
  readonly hasFactor: boolean
}

/**
 * What an address signs in with, or null. An invited person's password counts while the invitation that
 * set it stands.
 */
export const findCredentials = async ({ sql }: Connection, email: string): Promise<Credentials | null> => {
  const [row] = await sql<Credentials[]>`
    select u.id as "userId",
      case when u.status = 'active' or (u.status = 'invited' and exists (
        select from invitations i where i.user_id = u.id and i.accepted_at is not null and i.revoked_at is null))
      then (select p.hash from passwords p where p.user_id = u.id order by p.created_at desc, p.id desc limit 1)
      end as "passwordHash",
      exists (select from totp_factors f where f.user_id = u.id and f.confirmed_at is not null) as "hasFactor"
    from users u where lower(u.email) = ${normaliseEmail(email)}`
  return row ?? null
}

/**
 * Throws CONFLICT where an account, which the transaction has locked, no longer signs in with what was found
 * before: hashing takes long, and meanwhile the password may have been revoked or a factor enrolled.
 */
export const requireSameCredentials = async (
  tx: Transaction,
  email: string,
  found: Credentials,
): Promise<void> => {
  const now = await findCredentials(tx, email)
  const same =
    now !== null &&
    now.userId === found.userId &&
    now.passwordHash === found.passwordHash &&
    now.hasFactor === found.hasFactor
  if (!same) throw new ChartwardError('CONFLICT', 'Your account has changed meanwhile. Sign in again.')
}
