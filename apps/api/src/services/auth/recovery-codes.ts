import { randomInt } from 'node:crypto'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'

const { recoveryCodes } = schema

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

/**
 * A MAC under a key that the database holds only wrapped, over the code and whose it is: whoever can write
 * rows can't put in one of their own. With 80 random bits nothing slower is needed.
 */
const textOf = (userId: UserId, code: string): string => `recovery-code\0${userId}\0${normalise(code)}`

const unusedOf = (userId: UserId) => and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt))

/** Spends every code of a user that is left. */
export const voidRecoveryCodes = async (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  userId: UserId,
): Promise<void> => {
  await vouching.end(tx, 'recovery-code', unusedOf(userId), { usedAt: clock() })
}

/** Makes ten codes in place of all earlier ones. They are given out here, once. */
export const newRecoveryCodes = async (
  tx: Transaction,
  { clock, keyring, vouching }: App,
  userId: UserId,
): Promise<string[]> => {
  const now = clock()
  await voidRecoveryCodes(tx, { clock, vouching }, userId)
  const codes = Array.from({ length: CODES }, newCode)
  await vouching.insert(
    tx,
    'recovery-code',
    codes.map((code) => ({
      id: newId(),
      userId,
      hash: keyring.mac('tokens', textOf(userId, code)),
      createdAt: now,
    })),
  )
  return codes
}

/** Spends a code, which counts once, and tells how many are left. Throws WRONG_CODE. */
export const spendRecoveryCode = async (
  tx: Transaction,
  { clock, keyring, vouching }: App,
  userId: UserId,
  code: string,
): Promise<number> => {
  const all = await tx.orm.select().from(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  // A used code put back to its unused state, or new ones taken away, would open what was closed.
  if (!(await vouching.admitsAll('recovery-code', userId, all))) throw new ChartwardError('INTEGRITY')
  const hashes = keyring.macs('tokens', textOf(userId, code))
  const fits = and(unusedOf(userId), inArray(recoveryCodes.hash, hashes))
  const spent = await vouching.change(tx, 'recovery-code', fits, { usedAt: clock() })
  if (spent.length === 0) throw new ChartwardError('WRONG_CODE', undefined, { field: 'code' })
  const [left] = await tx.sql<{ count: number }[]>`
    select count(*)::integer as count from recovery_codes where user_id = ${userId} and used_at is null`
  return left?.count ?? 0
}
