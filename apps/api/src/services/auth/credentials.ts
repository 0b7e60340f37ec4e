import { type Connection, schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { nilId } from '../../core/ids.ts'
import { readSignInRows } from './account.ts'
import { openPassword } from './sealed-hash.ts'
import { addressKeysOf, type Whose } from './whose.ts'

const { users } = schema

interface Credentials {
  readonly userId: UserId
  /** Null where no password counts: none was ever set, or the account is deactivated or was invited anew. */
  readonly passwordHash: string | null
  /** When that password was chosen. */
  readonly chosenAt: Date | null
  /**
   * Also where each was disabled since: losing one must not open the way to enrol another with the password
   * alone.
   */
  readonly hasFactor: boolean
}

/**
 * What an address signs in with, or null. An invited person's password counts while the invitation that
 * set it stands; none counts where the rows are not all that the application vouches for. An address that
 * nobody has is looked up in the same way.
 */
export const findCredentials = async (
  connection: Connection,
  app: Pick<App, 'vouching' | 'keyring'>,
  whose: Whose,
): Promise<Credentials | null> => {
  const [user] = await connection.orm
    .select()
    .from(users)
    .where(and(eq(users.kind, whose.kind), inArray(users.addressKey, addressKeysOf(app, whose))))
  const rows = await readSignInRows(connection, app, user?.id ?? nilId())
  if (user === undefined) return null
  const { id: userId, status } = user
  const counts = rows !== null && (await app.vouching.admits('user', user))
  if (!counts) return { userId, passwordHash: null, chosenAt: null, hasFactor: true }
  const { passwords, isInvited, hasFactor } = rows
  const isOpen = status === 'active' || (status === 'invited' && isInvited)
  const inForce = isOpen ? passwords[0] : undefined
  const passwordHash = inForce === undefined ? null : await openPassword(app.keyring, inForce)
  return {
    userId,
    passwordHash,
    chosenAt: inForce?.createdAt ?? null,
    hasFactor: status === 'active' || hasFactor,
  }
}

/**
 * Throws CONFLICT where an account, which the transaction has locked, no longer signs in with what was found
 * before: hashing takes long, and meanwhile the password may have been revoked or a factor enrolled.
 */
export const requireSameCredentials = async (
  tx: Transaction,
  app: Pick<App, 'vouching' | 'keyring'>,
  whose: Whose,
  found: Credentials,
): Promise<void> => {
  const now = await findCredentials(tx, app, whose)
  const same =
    now !== null &&
    now.userId === found.userId &&
    now.passwordHash === found.passwordHash &&
    now.hasFactor === found.hasFactor
  if (!same) throw new ChartwardError('CONFLICT', 'Your account has changed meanwhile. Sign in again.')
}
