import { BUNDLE_WIDTH, equalBytes, leafHash } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { type StoredEntry, storedEntries } from '../../../audit/log/stored-entries.ts'
import type { LogStore } from '../../../audit/store/log-store.ts'

/** A leaf of the database, with the entry that it names, as far as that is there. */
export interface DatabaseLeaf {
  readonly entryId: EntryId
  readonly leafHash: Buffer
  readonly entry: StoredEntry | undefined
}

/** A bundle of the store; null where it is missing or not whole. */
export interface StoreBundle {
  readonly from: number
  readonly to: number
  readonly entries: readonly Uint8Array[] | null
}

/** The bundles of the first `size` entries, one after the other: one is in memory at a time. */
export async function* bundlesOf(store: LogStore, size: number): AsyncIterable<StoreBundle> {
  for (let from = 0; from < size; from += BUNDLE_WIDTH) {
    const to = Math.min(from + BUNDLE_WIDTH, size)
    yield { from, to, entries: await store.entries(from / BUNDLE_WIDTH, to - from) }
  }
}

/** What the database has of leaves `from` up to, and without, `to`, by index. */
export const databaseLeaves = async (
  sql: Connection['sql'],
  from: number,
  to: number,
): Promise<ReadonlyMap<number, DatabaseLeaf>> => {
  const leaves = await sql<{ index: string; entry_id: EntryId; leaf_hash: Buffer }[]>`
    select index, entry_id, leaf_hash from audit_leaves where index >= ${from} and index < ${to} order by index`
  const entries = await storedEntries(
    sql,
    leaves.map(({ entry_id }) => entry_id),
  )
  return new Map(
    leaves.map(({ index, entry_id, leaf_hash }) => [
      Number(index),
      { entryId: entry_id, leafHash: leaf_hash, entry: entries.get(entry_id) },
    ]),
  )
}

/** What of an entry that the store holds is not so in the database; null where both agree. */
export const differenceAt = (
  stored: Uint8Array,
  leaf: DatabaseLeaf | undefined,
): 'leaf-missing' | 'leaf-differs' | 'entry-missing' | 'entry-differs' | null => {
  if (leaf === undefined) return 'leaf-missing'
  if (!equalBytes(leaf.leafHash, leafHash(stored))) return 'leaf-differs'
  if (leaf.entry === undefined) return 'entry-missing'
  return equalBytes(leaf.entry.bytes, stored) ? null : 'entry-differs'
}
