import { type Connection, schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { desc, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { hashPassword, passwordFits } from './password-hash.ts'
import { type PasswordOwner, passwordProblems } from './password-policy.ts'

/** How many earlier passwords can't be used again. */
const REMEMBERED = 12

/**
 * The hash of a password that its owner may have: it meets the policy and is none of their last twelve.
 * Throws PASSWORD_POLICY, which says what is wrong. Done before a transaction is opened: hashing takes long.
 */
export const hashNewPassword = async (
  app: App,
  owner: PasswordOwner & { readonly id: UserId },
  password: string,
): Promise<string> => {
  const problems = passwordProblems(password, owner)
  if (problems.length > 0) throw new ChartwardError('PASSWORD_POLICY', problems.join(' '))
  for (const earlier of await lastPasswords(app.db, owner.id)) {
    if (await passwordFits(app, earlier, password)) {
      throw new ChartwardError('PASSWORD_POLICY', `Use none of your last ${REMEMBERED} passwords.`)
    }
  }
  return hashPassword(app, password)
}

const lastPasswords = async ({ orm }: Connection, userId: UserId): Promise<string[]> => {
  const rows = await orm
    .select({ hash: schema.passwords.hash })
    .from(schema.passwords)
    .where(eq(schema.passwords.userId, userId))
    .orderBy(desc(schema.passwords.createdAt), desc(schema.passwords.id))
    .limit(REMEMBERED)
  return rows.map(({ hash }) => hash)
}

/** Puts a password in force. Earlier ones stay as history. */
export const storePassword = async (
  tx: Transaction,
  { clock, vouching }: App,
  userId: UserId,
  hash: string,
): Promise<void> => {
  await vouching.insert(tx, 'password', [{ id: newId(), userId, hash, createdAt: clock() }])
}
