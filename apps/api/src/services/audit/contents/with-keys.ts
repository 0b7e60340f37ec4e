import type { KmsProvider } from '@chartward/crypto'
import { type Database, withSnapshot } from '@chartward/db'
import { loadKeyring } from '../../../keys/keyring.ts'
import { unusableKeys } from '../../../keys/unusable-keys.ts'
import type { CheckContents } from '../check-database.ts'
import { checkContents } from './check-contents.ts'

/**
 * The part of the check that takes keys, for whoever holds the root that `kms` wraps with. `db` is of the
 * application's login. Where a stored key does not unwrap, that is named, and nothing else can be checked.
 */
export const contentsWith =
  (db: Database, kms: KmsProvider): NonNullable<CheckContents> =>
  async (findings) => {
    const unusable = await unusableKeys(db, kms)
    for (const id of unusable) findings.add('key-unusable', `key ${id} does not unwrap`)
    if (unusable.length > 0) return false
    const keyring = await loadKeyring(db, kms)
    try {
      await withSnapshot(db, 'all', ({ sql }) => checkContents(sql, keyring, findings))
    } finally {
      keyring.close()
    }
    return true
  }
