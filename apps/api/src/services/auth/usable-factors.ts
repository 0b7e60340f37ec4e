import { type Connection, schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { isUsable, type Passkey, passkeysOf } from './passkeys/rows.ts'

const { totpFactors } = schema

/** What somebody can give as their factor now; recovery codes are for want of one, and are none. */
export interface UsableFactors {
  readonly totp: readonly RowOf<'factor'>[]
  readonly passkeys: readonly Passkey[]
}

/**
 * The factors that a person signs in with, of each kind, or null where one of their rows was forged, put back
 * or taken away: then none counts.
 */
export const usableFactors = async (
  connection: Connection,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<UsableFactors | null> => {
  const [totp, passkeys] = await Promise.all([
    connection.orm.select().from(totpFactors).where(eq(totpFactors.userId, userId)),
    passkeysOf(connection, userId),
  ])
  const count =
    (await vouching.admitsAll('factor', userId, totp)) &&
    (await vouching.admitsAll('passkey', userId, passkeys))
  if (!count) return null
  return {
    totp: totp.filter(({ confirmedAt, disabled }) => confirmedAt !== null && !disabled),
    passkeys: passkeys.filter(isUsable),
  }
}

export const countOf = ({ totp, passkeys }: UsableFactors): number => totp.length + passkeys.length

/**
 * The same as a condition on `u.id`, for lists and figures, which decide nothing: no row is asked whether it
 * counts.
 */
export const hasUsableFactor = (sql: Connection['sql']) => sql`(
  exists (select from totp_factors f
    where f.user_id = u.id and f.confirmed_at is not null and not f.disabled)
  or exists (select from passkeys k where k.user_id = u.id and not k.disabled))`
