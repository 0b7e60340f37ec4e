import { createHash } from 'node:crypto'
import { rowHash, toHex } from '@chartward/audit'
import { type KmsProvider, newDataKey, wipeKey, wrapKek, wrapSystemKey } from '@chartward/crypto'
import { type Connection, schema, type Transaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { installationName } from '../core/installation.ts'
import { SYSTEM_KEY_PURPOSES } from './system-keys.ts'

export const hasPrimaryKek = async (connection: Connection): Promise<boolean> => {
  const rows = await connection.orm
    .select({ id: schema.keks.id })
    .from(schema.keks)
    .where(eq(schema.keks.state, 'primary'))
  return rows.length > 0
}

/** What `createKeys` made, for the audit log: ids, purposes and hashes of what is wrapped, never a key. */
export interface CreatedKey {
  readonly id: string
  readonly purpose: string
  readonly version: number
  readonly keyHash: string
}

/**
 * What an entry commits to of a stored key, in hex: SHA-256 over the id of its KEK (none for a KEK itself)
 * and the SHA-256 of the wrapped key, which is what an auditor reads instead of it.
 */
export const keyHash = ({ kekId, wrapped }: { kekId: string | null; wrapped: Uint8Array }): string =>
  storedKeyHash(kekId, createHash('sha256').update(wrapped).digest())

export const storedKeyHash = (kekId: string | null, wrappedHash: Uint8Array): string =>
  toHex(rowHash('keys', [kekId, wrappedHash]))

/** Makes the first KEK and one system key per purpose, in the caller's transaction. */
export const createKeys = async (
  tx: Transaction,
  kms: KmsProvider,
  newId: () => string,
): Promise<CreatedKey[]> => {
  const kek = newDataKey(newId())
  const wrappedKek = await wrapKek(kms, kek, await installationName(tx))
  await tx.orm
    .insert(schema.keks)
    .values({ id: kek.id, provider: kms.name, wrapped: wrappedKek, state: 'primary' })
  const created: CreatedKey[] = [
    { id: kek.id, purpose: 'kek', version: 1, keyHash: keyHash({ kekId: null, wrapped: wrappedKek }) },
  ]
  for (const purpose of SYSTEM_KEY_PURPOSES) {
    const key = newDataKey(newId())
    const wrapped = wrapSystemKey(kek, key, purpose)
    await tx.orm.insert(schema.systemKeys).values({
      id: key.id,
      purpose,
      version: 1,
      kekId: kek.id,
      wrapped,
      state: 'primary',
    })
    created.push({ id: key.id, purpose, version: 1, keyHash: keyHash({ kekId: kek.id, wrapped }) })
    wipeKey(key.key)
  }
  wipeKey(kek.key)
  return created
}
