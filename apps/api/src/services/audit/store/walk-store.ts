import {
  AuditError,
  BUNDLE_WIDTH,
  equalBytes,
  LogKeys,
  leafHash,
  noteText,
  parseCheckpoint,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { enrolmentIn } from '../../../audit/log/enrolments.ts'
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

/**
 * What an entry that enrols a signing key holds in its bytes, and hardly another: looked for before it is
 * parsed.
 */
const ENROLS = Buffer.from('"action":"signing-key.enrolled"')

/**
 * The keys that the log was handed to, by the entries of the store that `note`, whose signature is not
 * verified yet, claims to be over. Throws `malformed-key`.
 */
export const keysInStore = async (store: LogStore, note: string, pinned: string): Promise<LogKeys> => {
  const keys = LogKeys.pinned(pinned)
  for await (const { from, entries } of bundlesOf(store, claimedSize(note))) {
    // What lies behind a bundle that is missing is named as missing: whoever signed it can't be told.
    if (entries === null) break
    for (const [i, bytes] of entries.entries()) {
      if (!Buffer.from(bytes).includes(ENROLS)) continue
      const enrolment = await enrolmentIn(bytes)
      if (enrolment !== null) await keys.enrol(from + i, enrolment.note)
    }
  }
  return keys
}

const claimedSize = (note: string): number => {
  try {
    return parseCheckpoint(noteText(note)).size
  } catch (error) {
    if (error instanceof AuditError) return 0
    throw error
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
