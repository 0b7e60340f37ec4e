import { AuditError, parseEntry, shownPatients } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId, PatientId } from '@chartward/policy'
import type { StoredEntry } from '../../../audit/log/stored-entries.ts'
import type { LeafRow } from './check-entry-row.ts'
import type { Findings } from './findings.ts'

/**
 * Compares the rows that a search by patient goes by with the patients whom each entry names in its bytes.
 */
export const checkListedPatients = async (
  sql: Connection['sql'],
  leaves: readonly LeafRow[],
  entries: ReadonlyMap<string, StoredEntry>,
  findings: Findings,
): Promise<void> => {
  const rows = await sql<{ entry_id: EntryId; patient_id: PatientId }[]>`
    select entry_id, patient_id from audit_entry_patients
    where entry_id = any(${leaves.map(({ entryId }) => entryId)}::uuid[])`
  const byEntry = Map.groupBy(rows, ({ entry_id }) => entry_id)
  for (const leaf of leaves) {
    const named = namedBy(entries.get(leaf.entryId))
    if (named === null) continue
    const found = byEntry.get(leaf.entryId)?.map(({ patient_id }) => patient_id) ?? []
    if (found.length === named.size && found.every((id) => named.has(id))) continue
    findings.add('column-changed', 'audit_entry_patients is not what the hashed bytes say', leaf)
  }
}

/** Null for what is gone or is no entry, which is named already. */
const namedBy = (entry: StoredEntry | undefined): ReadonlySet<string> | null => {
  if (entry === undefined) return null
  try {
    return new Set(shownPatients(parseEntry(entry.bytes)))
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}
