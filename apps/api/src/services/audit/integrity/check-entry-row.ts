import { equalBytes, HASH_LENGTH, inspectRow, leafHash } from '@chartward/audit'
import type { EntryId } from '@chartward/policy'
import type { StoredEntry } from '../../../audit/log/stored-entries.ts'
import type { Findings } from './findings.ts'

/** A row of `audit_leaves`. */
export interface LeafRow {
  readonly index: number
  readonly entryId: EntryId
  readonly leafHash: Buffer
}

/** Whether the application wrote these bytes; null for a reader who does not hold the append key. */
export type IsOwn = ((bytes: Uint8Array, mac: Uint8Array) => boolean) | null

/**
 * Checks an entry's row against its leaf and itself, names what does not fit, and gives the hash to go on
 * with in the tree: null where leaf and entry contradict each other and the entry is the application's own,
 * so that neither can be preferred.
 */
export const checkEntryRow = (
  { index, entryId, leafHash: leaf }: LeafRow,
  entry: StoredEntry | undefined,
  isOwn: IsOwn,
  findings: Findings,
): Uint8Array | null => {
  const at = { index, entryId }
  // What is no hash can be no part of a tree.
  const known = leaf.length === HASH_LENGTH ? leaf : null
  if (entry === undefined) {
    findings.add('entry-missing', 'the entry has been deleted: its leaf is all that is left', at)
    return known
  }
  const own = isOwn === null || isOwn(entry.bytes, entry.mac)
  if (!equalBytes(leafHash(entry.bytes), leaf)) {
    if (own && isOwn !== null) {
      findings.add(
        'leaf-changed',
        'the leaf is not that of the entry it names, which the application wrote',
        at,
      )
      return null
    }
    findings.add('entry-changed', 'the stored bytes are not those that went into the log', at)
    return known
  }
  checkStoredEntry(entry, at, isOwn, findings)
  return known
}

/** Checks an entry's row in itself: its MAC, its columns and the leaf hash beside it. */
export const checkStoredEntry = (
  entry: StoredEntry,
  at: { readonly index: number | null; readonly entryId: EntryId },
  isOwn: IsOwn,
  findings: Findings,
): void => {
  if (isOwn !== null && !isOwn(entry.bytes, entry.mac))
    findings.add('bad-mac', 'the application did not write this entry', at)
  for (const problem of inspectRow({ ...entry, index: at.index ?? 0 })) {
    if (problem.code === 'column-mismatch') findings.add('column-changed', problem.detail, at)
    else if (problem.code === 'leaf-hash-mismatch')
      findings.add('leaf-hash-changed', 'the leaf hash beside the entry is not that of its bytes', at)
    else findings.add('entry-malformed', problem.detail, at)
  }
}
