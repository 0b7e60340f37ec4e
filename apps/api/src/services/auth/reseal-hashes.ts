import { envelopeKeyId, uuidToBytes } from '@chartward/crypto'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { openHash, sealHash } from './sealed-hash.ts'

const { passwords, recoveryCodes } = schema

const BY = { actor: { kind: 'system', name: 'reseal-hashes' } } as const

/** As many people are looked for at once. */
const BATCH = 100

/**
 * Seals anew, under the key in force, what is sealed under an earlier one: passwords and recovery codes are
 * what they were, and nobody types anything. A person at a time, with the entry: killed anywhere, the rest is
 * found again. Gives how many hashes there were. Somebody with a row that was put in by another hand is left
 * as they are, and said in the process's log.
 */
export const resealHashes = async (app: App, signal: AbortSignal): Promise<number> => {
  const keyId = await app.keyring.sealKeyId('credential-hashes')
  let resealed = 0
  let after: UserId | null = null
  for (;;) {
    const people: readonly UserId[] = await sealedEarlier(app, keyId, after)
    for (const userId of people) {
      signal.throwIfAborted()
      resealed += await resealOf(app, keyId, userId)
    }
    after = people.at(-1) ?? null
    if (after === null) return resealed
  }
}

/** The id of its key stands in an envelope behind two bytes of header. */
const sealedEarlier = async (
  { db }: App,
  keyId: string,
  after: UserId | null,
): Promise<readonly UserId[]> => {
  const rows = await db.sql<{ user_id: UserId }[]>`
    select user_id from (
      select user_id, hash from passwords union all select user_id, hash from recovery_codes) h
    where substring(hash from 3 for 16) <> ${uuidToBytes(keyId)} and (${after}::uuid is null or user_id > ${after}::uuid)
    group by user_id order by user_id limit ${BATCH}`
  return rows.map((row) => row.user_id)
}

const resealOf = async (app: App, keyId: string, userId: UserId): Promise<number> => {
  try {
    return await withTransaction(app.db, 'none', async (tx) => {
      await tx.sql`select from users where id = ${userId} for no key update`
      const count = await resealRows(tx, app, keyId, userId)
      if (count === 0) return 0
      await app.audit.append(tx, {
        ...BY,
        action: 'key.hashes-resealed',
        outcome: 'success',
        resource: { type: 'user', id: userId },
        change: { before: { key: 'earlier' }, after: { key: keyId } },
        count,
      })
      return count
    })
  } catch (error) {
    if (!(error instanceof ChartwardError) || error.code !== 'INTEGRITY') throw error
    app.log.error({ err: error }, 'the hashes of a person could not be sealed anew')
    return 0
  }
}

const resealRows = async (tx: Transaction, app: App, keyId: string, userId: UserId): Promise<number> => {
  const { keyring, vouching } = app
  const anew = async (table: 'passwords' | 'recovery_codes', { id, hash }: { id: string; hash: Buffer }) => {
    const place = { table, userId, rowId: id } as const
    return { hash: sealHash(keyring, place, await openHash(keyring, place, hash)) }
  }
  const isEarlier = ({ hash }: { readonly hash: Buffer }): boolean => envelopeKeyId(hash) !== keyId
  const chosen = await tx.orm.select().from(passwords).where(eq(passwords.userId, userId))
  const codes = await tx.orm.select().from(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  const earlier = { passwords: chosen.filter(isEarlier), codes: codes.filter(isEarlier) }
  for (const row of earlier.passwords)
    await vouching.change(tx, 'password', eq(passwords.id, row.id), await anew('passwords', row))
  for (const row of earlier.codes)
    await vouching.change(
      tx,
      'recovery-code',
      eq(recoveryCodes.id, row.id),
      await anew('recovery_codes', row),
    )
  return earlier.passwords.length + earlier.codes.length
}
