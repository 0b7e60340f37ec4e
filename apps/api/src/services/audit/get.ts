import type { GetEntryInput, GetEntryOutput } from '@chartward/contract'
import { storedEntries } from '../../audit/log/stored-entries.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { auditRows, parsedEntry } from './entry-view.ts'
import { explanationsOf } from './explained.ts'
import { readNote } from './read-note.ts'

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
    explained: (await explanationsOf(sql, [row])).get(id) ?? null,
    note: note === null || note === 'changed' ? null : note.text,
    noteHash,
    canonical: stored.bytes.toString('utf8'),
  }
}
