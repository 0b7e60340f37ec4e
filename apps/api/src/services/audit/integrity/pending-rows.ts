import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { storedEntries } from '../../../audit/log/stored-entries.ts'
import { checkStoredEntry, type IsOwn } from './check-entry-row.ts'
import type { Findings } from './findings.ts'
import { loggedEntries } from './logged-entry.ts'
import type { Witness } from './witness.ts'

const PAGE = 1_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Checks what waits for the sequencer as if it were in the log already: an id without an entry, and an entry
 * that the application did not write or that was changed. What holds is shown to the witnesses: rows may say
 * already what the log is still to say.
 */
export const checkPending = async (
  sql: Connection['sql'],
  isOwn: IsOwn,
  witnesses: readonly Witness[],
  findings: Findings,
): Promise<void> => {
  for (let after = FIRST_ID; ; ) {
    const rows = await sql<{ entry_id: EntryId; there: boolean }[]>`
      select entry_id, exists (select from audit_entries e where e.id = entry_id) as there from (
        select entry_id from audit_pending_0 union select entry_id from audit_pending_1
        union select entry_id from audit_pending_2) pending
      where entry_id > ${after} order by entry_id limit ${PAGE}`
    const entries = await storedEntries(
      sql,
      rows.map(({ entry_id }) => entry_id),
    )
    for (const { entry_id: entryId, there } of rows) {
      const entry = entries.get(entryId)
      if (entry !== undefined) checkStoredEntry(entry, { index: null, entryId }, isOwn, findings)
      else if (!there)
        findings.add('pending-unknown', 'the queue names an entry that is not there', { entryId })
    }
    const waiting = [...entries].flatMap(([entryId, { bytes, mac, leafHash }]) =>
      isOwn === null || isOwn(bytes, mac) ? [{ index: null, entryId, leafHash }] : [],
    )
    const logged = loggedEntries(waiting, entries)
    for (const witness of witnesses) await witness.see(logged)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.entry_id
  }
}
