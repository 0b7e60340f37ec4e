import {
  CryptoError,
  type DataKey,
  type KmsProvider,
  unwrapKek,
  unwrapSystemKey,
  wipeKey,
} from '@chartward/crypto'
import { type Database, schema } from '@chartward/db'
import { installationName } from '../core/installation.ts'
import { mayBeUsed } from './system-keys.ts'

/**
 * The ids of stored KEKs and system keys that do not unwrap: each was changed, or put in the place of
 * another. Keys that may not be used are left out.
 */
export const unusableKeys = async (db: Database, kms: KmsProvider): Promise<string[]> => {
  const unusable: string[] = []
  const keks = new Map<string, DataKey>()
  const installation = await installationName(db)
  const attempt = async (id: string, open: () => Promise<unknown>): Promise<void> => {
    try {
      await open()
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error
      unusable.push(id)
    }
  }
  for (const { id, provider, wrapped, state } of await db.orm.select().from(schema.keks))
    if (mayBeUsed(state))
      await attempt(id, async () =>
        keks.set(id, await unwrapKek(kms.named(provider) ?? kms, id, wrapped, installation)),
      )
  for (const { kekId, ...row } of await db.orm.select().from(schema.systemKeys)) {
    const kek = keks.get(kekId)
    if (!mayBeUsed(row.state)) continue
    if (kek === undefined) unusable.push(row.id)
    else
      await attempt(row.id, async () => wipeKey(unwrapSystemKey(kek, row.id, row.wrapped, row.purpose).key))
  }
  for (const { key } of keks.values()) wipeKey(key)
  return unusable
}
