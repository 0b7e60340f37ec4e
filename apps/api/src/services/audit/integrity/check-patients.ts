import { shownPatients } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId, PatientId } from '@chartward/policy'
import type { Findings } from './findings.ts'
import type { LoggedEntry } from './logged-entry.ts'

/**
 * Compares the rows that a search by patient goes by with the patients whom each entry names in its bytes.
 */
export const checkListedPatients = async (
  sql: Connection['sql'],
  entries: readonly LoggedEntry[],
  findings: Findings,
): Promise<void> => {
  const rows = await sql<{ entry_id: EntryId; patient_id: PatientId }[]>`
    select entry_id, patient_id from audit_entry_patients
    where entry_id = any(${entries.map(({ leaf }) => leaf.entryId)}::uuid[])`
  const byEntry = Map.groupBy(rows, ({ entry_id }) => entry_id)
  for (const { leaf, entry } of entries) {
    const named: ReadonlySet<string> = new Set(shownPatients(entry))
    const found = byEntry.get(leaf.entryId)?.map(({ patient_id }) => patient_id) ?? []
    if (found.length === named.size && found.every((id) => named.has(id))) continue
    findings.add('column-changed', 'audit_entry_patients is not what the hashed bytes say', leaf)
  }
}

/** Finds rows of that kind whose entry is not there. */
export const checkUnloggedPatients = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const rows = await sql<{ entry_id: EntryId }[]>`
    select distinct entry_id from audit_entry_patients p
    where not exists (select from audit_entries e where e.id = p.entry_id)
      and not exists (select from audit_leaves l where l.entry_id = p.entry_id) order by entry_id limit 100`
  for (const { entry_id } of rows) {
    const detail = 'audit_entry_patients names patients for an entry that is not there'
    findings.add('listed-unlogged', detail, { entryId: entry_id })
  }
}
