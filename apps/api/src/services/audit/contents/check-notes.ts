import { AuditError, noteCommitment, parseEntry } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { NOTE_SALT_BYTES, noteBinding } from '../../../audit/insert.ts'
import type { Keyring } from '../../../keys/keyring.ts'
import type { Findings } from '../integrity/findings.ts'

const PAGE = 200
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Opens every note, and compares it with what its entry committed to. */
export const checkNotes = async (
  sql: Connection['sql'],
  keyring: Keyring,
  findings: Findings,
): Promise<void> => {
  for (let after = FIRST_ID; ; ) {
    const rows = await sql<{ entry_id: EntryId; content: Buffer; bytes: Buffer }[]>`
      select n.entry_id, n.content, e.bytes from audit_notes n join audit_entries e on e.id = n.entry_id
      where n.entry_id > ${after} order by n.entry_id limit ${PAGE}`
    for (const { entry_id: entryId, content, bytes } of rows) {
      const committed = commitmentOf(bytes)
      // Without one the note is named already, by whoever has no key.
      if (committed === null || (await commitmentTo(keyring, entryId, content)) === committed) continue
      findings.add('note-changed', 'the note is not the one that the entry committed to', { entryId })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.entry_id
  }
}

const commitmentOf = (bytes: Buffer): string | null => {
  try {
    return parseEntry(bytes).noteHash
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

/** Null where the note does not open beside its entry. */
const commitmentTo = async (keyring: Keyring, entryId: EntryId, content: Buffer): Promise<string | null> => {
  try {
    const opened = await keyring.open('audit-notes', noteBinding(entryId), content)
    return noteCommitment(opened.subarray(0, NOTE_SALT_BYTES), opened.toString('utf8', NOTE_SALT_BYTES))
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}
