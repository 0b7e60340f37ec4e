import { envelopeKeyId, uuidToBytes } from '@chartward/crypto'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { Batch, Rewrite } from '../keys/rewrite/batch.ts'
import { openHash, sealHash } from './sealed-hash.ts'

const { passwords, recoveryCodes } = schema

const BY = { actor: { kind: 'system', name: 'reseal-hashes' } } as const

/**
 * Seals anew, under the key in force, what is sealed under an earlier one: passwords and recovery codes are
 * what they were, and nobody types anything. A person at a time, with the entry: killed anywhere, the rest is
 * found again. Gives how many hashes there were.
 */
export const resealHashes = async (app: App, signal: AbortSignal): Promise<number> => {
  let resealed = 0
  for (let after: string | null = null, more = true; more; more = after !== null) {
    signal.throwIfAborted()
    const batch: Batch = await withTransaction(app.db, 'none', (tx) => resealPerson(tx, app, after))
    resealed += batch.done
    after = batch.after
  }
  return resealed
}

/**
 * The next person behind `after` who has a hash that is sealed under an earlier key. Somebody with a row that
 * was put in by another hand is left as they are, and said in the process's log.
 */
export const resealPerson: Rewrite = async (tx, app, after) => {
  const keyId = await app.keyring.sealKeyId('credential-hashes')
  const userId = await sealedEarlier(tx, keyId, after)
  if (userId === null) return { after: null, done: 0, skipped: 0, tell: null }
  await tx.sql`select from users where id = ${userId} for no key update`
  const { passwords: ofPassword, codes } = await earlierRows(tx, keyId, userId)
  const found = ofPassword.length + codes.length
  try {
    await resealRows(tx, app, { userId, passwords: ofPassword, codes })
  } catch (error) {
    if (!(error instanceof ChartwardError) || error.code !== 'INTEGRITY') throw error
    app.log.error({ err: error }, 'the hashes of a person could not be sealed anew')
    return { after: userId, done: 0, skipped: found, tell: null }
  }
  if (found === 0) return { after: userId, done: 0, skipped: 0, tell: null }
  await app.audit.append(tx, {
    ...BY,
    action: 'key.hashes-resealed',
    outcome: 'success',
    resource: { type: 'user', id: userId },
    change: { before: { key: 'earlier' }, after: { key: keyId } },
    count: found,
  })
  return { after: userId, done: found, skipped: 0, tell: null }
}

/** The id of its key stands in an envelope behind two bytes of header. */
const sealedEarlier = async (
  { sql }: Transaction,
  keyId: string,
  after: string | null,
): Promise<UserId | null> => {
  const [row] = await sql<{ user_id: UserId }[]>`
    select user_id from (
      select user_id, hash from passwords union all select user_id, hash from recovery_codes) h
    where substring(hash from 3 for 16) <> ${uuidToBytes(keyId)} and (${after}::uuid is null or user_id > ${after}::uuid)
    order by user_id limit 1`
  return row?.user_id ?? null
}

interface Hashes {
  readonly passwords: readonly (typeof passwords.$inferSelect)[]
  readonly codes: readonly (typeof recoveryCodes.$inferSelect)[]
}

const earlierRows = async ({ orm }: Transaction, keyId: string, userId: UserId): Promise<Hashes> => {
  const isEarlier = ({ hash }: { readonly hash: Buffer }): boolean => envelopeKeyId(hash) !== keyId
  const chosen = await orm.select().from(passwords).where(eq(passwords.userId, userId))
  const codes = await orm.select().from(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  return { passwords: chosen.filter(isEarlier), codes: codes.filter(isEarlier) }
}

/** Rejects INTEGRITY before it has written anything. */
const resealRows = async (
  tx: Transaction,
  { keyring, vouching }: App,
  { userId, passwords: chosen, codes }: Hashes & { readonly userId: UserId },
): Promise<void> => {
  const anew = async (table: 'passwords' | 'recovery_codes', { id, hash }: { id: string; hash: Buffer }) => {
    const place = { table, userId, rowId: id } as const
    return { hash: sealHash(keyring, place, await openHash(keyring, place, hash)) }
  }
  for (const row of chosen) await vouching.require('password', row)
  for (const row of codes) await vouching.require('recovery-code', row)
  const madeOfPasswords = await Promise.all(chosen.map((row) => anew('passwords', row)))
  const madeOfCodes = await Promise.all(codes.map((row) => anew('recovery_codes', row)))
  for (const [at, { id }] of chosen.entries())
    await vouching.change(tx, 'password', eq(passwords.id, id), madeOfPasswords[at] ?? {})
  for (const [at, { id }] of codes.entries())
    await vouching.change(tx, 'recovery-code', eq(recoveryCodes.id, id), madeOfCodes[at] ?? {})
}
