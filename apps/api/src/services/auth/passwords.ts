import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { desc, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { passwordAttempts, rebind } from './attempts.ts'
import { hashPassword, passwordFits } from './password-hash.ts'
import { type PasswordOwner, passwordProblems } from './password-policy.ts'
import { openPassword, sealHash } from './sealed-hash.ts'
import type { Whose } from './whose.ts'

/** How many earlier passwords can't be used again. */
export const REMEMBERED = 12

/**
 * The hash of a password that its owner may have: it meets the policy and is none of their last twelve.
 * Throws PASSWORD_POLICY, which says what is wrong. Done before a transaction is opened: hashing takes long.
 */
export const hashNewPassword = async (
  app: App,
  owner: PasswordOwner & { readonly id: UserId },
  password: string,
): Promise<string> => {
  const problems = passwordProblems(password, owner, app.settings.passwords)
  if (problems.length > 0) throw refused(problems.join(' '))
  for (const earlier of await lastPasswords(app, owner.id)) {
    if (await passwordFits(app, earlier, password)) {
      throw refused(`Use none of your last ${REMEMBERED} passwords.`)
    }
  }
  return hashPassword(app, password)
}

const refused = (why: string): ChartwardError =>
  new ChartwardError('PASSWORD_POLICY', why, { field: 'password' })

/** One hash for each password: those made of the same one share the time at which it was chosen. */
const lastPasswords = async ({ db, keyring }: App, userId: UserId): Promise<string[]> => {
  const { hash, createdAt, id } = schema.passwords
  const rows = await db.orm
    .selectDistinctOn([createdAt], { id, hash })
    .from(schema.passwords)
    .where(eq(schema.passwords.userId, userId))
    .orderBy(desc(createdAt), desc(id))
    .limit(REMEMBERED)
  return Promise.all(rows.map((row) => openPassword(keyring, { userId, ...row })))
}

/** Puts a password in force, chosen now. Earlier ones stay. */
export const storePassword = async (
  tx: Transaction,
  app: App,
  owner: Whose & { readonly id: UserId },
  hash: string,
): Promise<void> => {
  await storeHash(tx, app, owner.id, { hash, chosenAt: app.clock() })
  // Guesses at the one before say nothing of this one.
  await rebind(tx, app, owner.id, 'password', (device) => passwordAttempts(app, owner, device))
}

/**
 * Stores a hash of a password. One of the password in force, chosen when that was, takes no place of the
 * history.
 */
export const storeHash = async (
  tx: Transaction,
  { keyring, vouching }: App,
  userId: UserId,
  { hash, chosenAt }: { readonly hash: string; readonly chosenAt: Date },
): Promise<void> => {
  const id = newId()
  const sealed = sealHash(keyring, { table: 'passwords', userId, rowId: id }, Buffer.from(hash, 'latin1'))
  await vouching.insert(tx, 'password', [{ id, userId, hash: sealed, createdAt: chosenAt }])
}
