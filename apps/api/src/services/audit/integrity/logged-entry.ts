import { type AuditEntry, AuditError, equalBytes, leafHash, parseEntry } from '@chartward/audit'
import type { EntryId } from '@chartward/policy'
import type { StoredEntry } from '../../../audit/log/stored-entries.ts'
import type { LeafRow } from './check-entry-row.ts'

/** Where an entry stands: its index is null while it waits for one. */
export interface Place {
  readonly index: number | null
  readonly entryId: EntryId
}

/** An entry whose bytes are those that went into the log, or that wait for it, with its place. */
export interface LoggedEntry {
  readonly leaf: Place
  readonly entry: AuditEntry
}

/**
 * Those of the leaves whose entry is there and sound: what is gone, changed or no entry is named already, and
 * commits to nothing.
 */
export const loggedEntries = (
  leaves: Iterable<Place & Pick<LeafRow, 'leafHash'>>,
  stored: ReadonlyMap<string, StoredEntry>,
): LoggedEntry[] =>
  [...leaves].flatMap((leaf) => {
    const found = stored.get(leaf.entryId)
    if (found === undefined || !equalBytes(leafHash(found.bytes), leaf.leafHash)) return []
    try {
      return [{ leaf, entry: parseEntry(found.bytes) }]
    } catch (error) {
      if (error instanceof AuditError) return []
      throw error
    }
  })

/** A fact that is a text, or null. */
export const textFact = ({ entry }: LoggedEntry, name: string): string | null => {
  const fact = entry.facts[name]
  return typeof fact === 'string' ? fact : null
}

/** A fact that is a list of texts; empty where it is none. */
export const textsFact = ({ entry }: LoggedEntry, name: string): string[] => {
  const fact = entry.facts[name]
  return Array.isArray(fact) ? fact.filter((item) => typeof item === 'string') : []
}
