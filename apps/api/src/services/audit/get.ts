import { noteCommitment } from '@chartward/audit'
import type { GetEntryInput, GetEntryOutput } from '@chartward/contract'
import { CryptoError } from '@chartward/crypto'
import type { EntryId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { NOTE_SALT_BYTES, noteBinding } from '../../audit/insert.ts'
import { storedEntries } from '../../audit/log/stored-entries.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { auditRows, parsedEntry } from './entry-view.ts'

/** One entry, whole. */
export const getEntry = async ({
  ctx: { app, entry },
  input: { id },
}: {
  ctx: VerbContext<'audit.viewed'>
  input: GetEntryInput
}): Promise<GetEntryOutput> => {
  entry.about({ type: 'AuditEntry', id }, null)
  const { sql } = app.db
  const stored = (await storedEntries(sql, [id])).get(id)
  const [row] = stored === undefined ? [] : await auditRows(sql, [stored])
  if (stored === undefined || row === undefined) throw new ChartwardError('NOT_FOUND')
  const parsed = parsedEntry(stored.bytes)
  const noteHash = parsed?.noteHash ?? null
  const note = noteHash === null ? null : await readNote(app, id, noteHash)
  entry.shown({ count: 1, patientId: stored.columns.patientId, resource: { type: 'AuditEntry', id } })
  return {
    ...row,
    intact: row.intact && note !== 'changed',
    facts: parsed?.facts ?? {},
    change: parsed?.change ?? null,
    note: note === null || note === 'changed' ? null : note.text,
    noteHash,
    canonical: stored.bytes.toString('utf8'),
  }
}

/**
 * The note that an entry committed to; null where there is none any more, `changed` where it is another one.
 */
const readNote = async (
  { db, keyring }: App,
  entryId: EntryId,
  noteHash: string,
): Promise<{ text: string } | 'changed' | null> => {
  const [row] = await db.sql<{ content: Buffer }[]>`
    select content from audit_notes where entry_id = ${entryId}`
  if (row === undefined) return null
  try {
    const plain = await keyring.open('audit-notes', noteBinding(entryId), row.content)
    const text = plain.subarray(NOTE_SALT_BYTES).toString('utf8')
    return noteCommitment(plain.subarray(0, NOTE_SALT_BYTES), text) === noteHash ? { text } : 'changed'
  } catch (error) {
    if (error instanceof CryptoError) return 'changed'
    throw error
  }
}
