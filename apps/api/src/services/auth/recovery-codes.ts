import { randomInt } from 'node:crypto'
import { hashToken } from '@chartward/crypto'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'

const CODES = 10
/**
 * Crockford's base32: nothing in it is mistaken for something else when read from paper. 16 of
 * them are 80 bits.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 4
const GROUP_LENGTH = 4

const newCode = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''),
  ).join('-')

/** A code as it was meant, however it was typed. */
const normalise = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

/** With 80 random bits a plain hash can't be turned back; nothing slower is needed. */
const hashOf = (code: string): Buffer => hashToken(normalise(code))

/** Spends every code of a user that is left. */
export const voidRecoveryCodes = async (
  { sql }: Transaction,
  { clock }: Pick<App, 'clock'>,
  userId: UserId,
): Promise<void> => {
  await sql`
    update recovery_codes set used_at = ${clock().toISOString()} where user_id = ${userId} and used_at is null`
}

/** Makes ten codes in place of all earlier ones. They are given out here, once. */
export const newRecoveryCodes = async (
  tx: Transaction,
  { clock }: App,
  userId: UserId,
): Promise<string[]> => {
  const now = clock()
  await voidRecoveryCodes(tx, { clock }, userId)
  const codes = Array.from({ length: CODES }, newCode)
  await tx.orm
    .insert(schema.recoveryCodes)
    .values(codes.map((code) => ({ id: newId(), userId, hash: hashOf(code), createdAt: now })))
  return codes
}

/** Spends a code, which counts once, and tells how many are left. Throws WRONG_CODE. */
export const spendRecoveryCode = async (
  tx: Transaction,
  { clock }: App,
  userId: UserId,
  code: string,
): Promise<number> => {
  const spent = await tx.sql`
    update recovery_codes set used_at = ${clock().toISOString()}
    where user_id = ${userId} and hash = ${hashOf(code)} and used_at is null
    returning id`
  if (spent.length === 0) throw new ChartwardError('WRONG_CODE')
  const [left] = await tx.sql<{ count: number }[]>`
    select count(*)::integer as count from recovery_codes where user_id = ${userId} and used_at is null`
  return left?.count ?? 0
}
