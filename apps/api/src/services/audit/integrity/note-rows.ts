import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { Findings } from './findings.ts'
import type { LoggedEntry } from './logged-entry.ts'

/** Compares which entries have a note with which of them committed to one. What it says, the key tells. */
export const checkNotes = async (
  sql: Connection['sql'],
  entries: readonly LoggedEntry[],
  findings: Findings,
): Promise<void> => {
  const rows = await sql<{ entry_id: EntryId }[]>`
    select entry_id from audit_notes where entry_id = any(${entries.map(({ leaf }) => leaf.entryId)}::uuid[])`
  const noted = new Set(rows.map(({ entry_id }) => entry_id))
  for (const { leaf, entry } of entries) {
    const has = noted.has(leaf.entryId)
    if (has === (entry.noteHash !== null)) continue
    if (has) findings.add('note-unlogged', 'the entry committed to no note, and has one', leaf)
    else findings.add('note-missing', 'the note that the entry committed to has been deleted', leaf)
  }
}

/** Finds notes whose entry is not there. */
export const checkUnloggedNotes = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const rows = await sql<{ entry_id: EntryId }[]>`
    select entry_id from audit_notes n
    where not exists (select from audit_entries e where e.id = n.entry_id)
      and not exists (select from audit_leaves l where l.entry_id = n.entry_id) order by entry_id limit 100`
  for (const { entry_id } of rows)
    findings.add('note-unlogged', 'the note is of an entry that is not there', { entryId: entry_id })
}
