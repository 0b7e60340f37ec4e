import { hash, randomInt, timingSafeEqual } from 'node:crypto'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { openHash, sealHash } from './sealed-hash.ts'

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
 * What a code is known by, over the code and whose it is. It is sealed under a key that the database holds
 * only wrapped: a dump can't be searched, and whoever can write rows can't put in one of their own. With 80
 * random bits nothing slower is needed.
 */
const hashOf = (userId: UserId, code: string): Buffer =>
  hash('sha256', `recovery-code\0${userId}\0${normalise(code)}`, 'buffer')

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
    codes.map((code) => {
      const id = newId()
      const place = { table: 'recovery_codes', userId, rowId: id } as const
      return { id, userId, hash: sealHash(keyring, place, hashOf(userId, code)), createdAt: now }
    }),
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
  const unused = all.filter(({ usedAt }) => usedAt === null)
  const wanted = hashOf(userId, code)
  const fitting: string[] = []
  for (const { id, hash: sealed } of unused) {
    const known = await openHash(keyring, { table: 'recovery_codes', userId, rowId: id }, sealed)
    if (known.length === wanted.length && timingSafeEqual(known, wanted)) fitting.push(id)
  }
  const fits = and(unusedOf(userId), inArray(recoveryCodes.id, fitting))
  const spent = await vouching.change(tx, 'recovery-code', fits, { usedAt: clock() })
  if (spent.length === 0) throw new ChartwardError('WRONG_CODE', undefined, { field: 'code' })
  return unused.length - spent.length
}
