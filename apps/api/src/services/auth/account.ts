import { type Connection, schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { desc, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { isUsable, passkeysOf } from './passkeys/rows.ts'

const { users } = schema

interface Account {
  readonly status: 'invited' | 'active'
  readonly email: string
  readonly displayName: string
}

/**
 * Locks the account's row for the rest of the transaction, so that what is done with one person's
 * sessions and factors comes one after the other. Throws UNAUTHENTICATED where the account has been
 * suspended or deactivated meanwhile.
 */
export const lockAccount = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<Account> => {
  const [row] = await tx.orm.select().from(users).where(eq(users.id, userId)).for('no key update')
  if (row === undefined) throw new ChartwardError('UNAUTHENTICATED')
  const { status, email, displayName } = await vouching.require('user', row)
  if (status === 'suspended' || status === 'deactivated') throw new ChartwardError('UNAUTHENTICATED')
  return { status, email, displayName }
}

/** What somebody signs in by. */
interface SignInRows {
  /** Newest first: the first is in force. */
  readonly passwords: readonly RowOf<'password'>[]
  /** Whether an invitation that was accepted still stands. */
  readonly isInvited: boolean
  readonly hasFactor: boolean
}

/**
 * The rows that a person signs in by, or null where one of them is none that the application vouches for:
 * forged, another person's, put back to an earlier state, or taken away.
 */
export const readSignInRows = async (
  connection: Connection,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<SignInRows | null> => {
  const { orm } = connection
  const [passwords, factors, keys, invitations] = await Promise.all([
    orm
      .select()
      .from(schema.passwords)
      .where(eq(schema.passwords.userId, userId))
      .orderBy(desc(schema.passwords.createdAt), desc(schema.passwords.id)),
    orm.select().from(schema.totpFactors).where(eq(schema.totpFactors.userId, userId)),
    passkeysOf(connection, userId),
    orm.select().from(schema.invitations).where(eq(schema.invitations.userId, userId)),
  ])
  const count =
    (await vouching.admitsAll('password', userId, passwords)) &&
    (await vouching.admitsAll('factor', userId, factors)) &&
    (await vouching.admitsAll('passkey', userId, keys)) &&
    (await vouching.admitsAll('invitation', userId, invitations))
  if (!count) return null
  return {
    passwords,
    isInvited: invitations.some(({ acceptedAt, revokedAt }) => acceptedAt !== null && revokedAt === null),
    hasFactor: factors.some(({ confirmedAt }) => confirmedAt !== null) || keys.some(isUsable),
  }
}
