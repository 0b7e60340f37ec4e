import type { PatientId } from '@chartward/policy'
import { type EntryRow, entryColumns } from '../../audit/log/stored-entries.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { holds } from '../../guard/holds.ts'
import { parsedEntry } from '../audit/entry-view.ts'
import { readNote } from '../audit/read-note.ts'

/**
 * What was typed as a reason when each of these care relationships was given by hand, by its id: opened for
 * whoever may open entries of the audit log, and for nobody else.
 */
export const reasonsOf = async (
  ctx: VerbContext,
  patientId: PatientId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const reasons = new Map<string, string>()
  if (ids.length === 0 || !holds(ctx, 'audit:entry:read')) return reasons
  const { sql } = ctx.app.db
  const rows = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from audit_entries
    where patient_id = ${patientId} and action = 'care.relationship.created' and outcome = 'success'
      and resource_id = any(${[...ids]})`
  for (const { id, bytes, resource_id: about } of rows) {
    const hash = parsedEntry(bytes)?.noteHash ?? null
    const note = hash === null ? null : await readNote(ctx.app, id, hash)
    if (about !== null && note !== null && note !== 'changed') reasons.set(about, note.text)
  }
  return reasons
}
