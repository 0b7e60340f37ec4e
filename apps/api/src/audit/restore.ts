import { leafHash, parseEntry, searchableColumns, shownPatients } from '@chartward/audit'
import type { Transaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { appendMac, type PreparedEntry } from './entry.ts'
import { storeEntries } from './insert.ts'

/**
 * Puts back rows of entries that were deleted, as they were: columns, leaf hash and MAC follow from the exact
 * bytes, which the caller has seen to be in the signed tree. Notes are not among them. The trigger queues
 * their ids again, and the sequencer finds them sequenced. Throws AuditError for bytes that are no entry.
 */
export const restoreEntries = async (
  tx: Transaction,
  appendKey: Uint8Array,
  entries: readonly Uint8Array[],
): Promise<void> => {
  if (entries.length === 0) return
  const rows = entries.map((bytes) => preparedFrom(appendKey, bytes))
  await storeEntries(tx, rows)
  const pairs = rows.flatMap(({ id, patients }) => patients.map((patient) => [id, patient] as const))
  await tx.sql`
    insert into audit_entry_patients (entry_id, patient_id)
    select * from unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, patient]) => patient)}::uuid[])
    on conflict do nothing`
}

const preparedFrom = (appendKey: Uint8Array, bytes: Uint8Array): PreparedEntry => {
  const entry = parseEntry(bytes)
  const columns = searchableColumns(entry)
  return {
    id: columns.id as EntryId,
    columns,
    patients: shownPatients(entry),
    bytes,
    leafHash: leafHash(bytes),
    mac: appendMac(appendKey, bytes),
    note: null,
    within: null,
    number: entry.writer.number,
  }
}
