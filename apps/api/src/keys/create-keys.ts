import { type KmsProvider, newDataKey, wipeKey, wrapSystemKey } from '@chartward/crypto'
import { type Connection, schema, type Transaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { SYSTEM_KEY_PURPOSES } from './system-keys.ts'

export const hasPrimaryKek = async (connection: Connection): Promise<boolean> => {
  const rows = await connection.orm
    .select({ id: schema.keks.id })
    .from(schema.keks)
    .where(eq(schema.keks.state, 'primary'))
  return rows.length > 0
}

/** What `createKeys` made, for the audit log: ids and purposes, never a key. */
export interface CreatedKey {
  readonly id: string
  readonly purpose: string
}

/** Makes the first KEK and one system key per purpose, in the caller's transaction. */
export const createKeys = async (
  tx: Transaction,
  kms: KmsProvider,
  newId: () => string,
): Promise<CreatedKey[]> => {
  const kek = newDataKey(newId())
  const created: CreatedKey[] = [{ id: kek.id, purpose: 'kek' }]
  await tx.orm
    .insert(schema.keks)
    .values({ id: kek.id, provider: kms.name, wrapped: await kms.wrap(kek.key), state: 'primary' })
  for (const purpose of SYSTEM_KEY_PURPOSES) {
    const key = newDataKey(newId())
    await tx.orm.insert(schema.systemKeys).values({
      id: key.id,
      purpose,
      version: 1,
      kekId: kek.id,
      wrapped: wrapSystemKey(kek, key, purpose),
      state: 'primary',
    })
    created.push({ id: key.id, purpose })
    wipeKey(key.key)
  }
  wipeKey(kek.key)
  return created
}
