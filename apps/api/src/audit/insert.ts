import { byteaArray, type Connection, type Database, type Transaction, withTransaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { Keyring } from '../keys/keyring.ts'
import type { PreparedEntry } from './entry.ts'

/**
 * Writes entries in one statement (and what few have, notes and the patients of a list, in others of the same
 * transaction). The trigger on the table queues them for the sequencer in the same transaction.
 */
export const insertEntries = async (
  connection: Database | Transaction,
  keyring: Keyring,
  entries: readonly PreparedEntry[],
): Promise<void> => {
  const noted = entries.filter((entry) => entry.note !== null)
  const listing = entries.filter((entry) => entry.patients.length > 0)
  if (noted.length + listing.length === 0) return insertRows(connection, entries)
  await withTransaction(connection, 'none', async (tx) => {
    await insertRows(tx, entries)
    if (listing.length > 0) await insertPatients(tx, listing)
    for (const { id, note } of noted) {
      if (note === null) continue
      const content = keyring.seal(
        'audit-notes',
        noteBinding(id),
        Buffer.concat([note.salt, Buffer.from(note.text)]),
      )
      await tx.sql`insert into audit_notes (entry_id, content) values (${id}, ${content})`
    }
  })
}

/** A note's plaintext is the salt of its commitment, then its text in UTF-8. */
export const NOTE_SALT_BYTES = 16

/** Where a note's ciphertext belongs: it opens beside its own entry only. */
export const noteBinding = (entryId: EntryId) => ({
  purpose: 'audit-note',
  table: 'audit_notes',
  fieldClass: 'note',
  rowId: entryId,
  rowVersion: 1,
})

const insertPatients = async ({ sql }: Connection, entries: readonly PreparedEntry[]): Promise<void> => {
  const pairs = entries.flatMap(({ columns, patients }) => patients.map((id) => [columns.id, id] as const))
  await sql`
    insert into audit_entry_patients (entry_id, patient_id)
    select * from unnest(${pairs.map(([entryId]) => entryId)}::uuid[], ${pairs.map(([, id]) => id)}::uuid[])`
}

const insertRows = async ({ sql }: Connection, entries: readonly PreparedEntry[]): Promise<void> => {
  const column = <K extends keyof PreparedEntry['columns']>(name: K) =>
    entries.map(({ columns }) => columns[name])
  await sql`
    insert into audit_entries (id, at, actor_kind, actor_id, session_id, request_id, action, outcome, resource_type,
      resource_id, patient_id, ip, bytes, leaf_hash, mac)
    select id, at::timestamptz, actor_kind, actor_id, session_id, request_id, action, outcome, resource_type,
      resource_id, patient_id, ip, bytes, leaf_hash, mac
    from unnest(
      ${column('id')}::uuid[], ${column('at')}::text[], ${column('actorKind')}::text[],
      ${column('actorId')}::text[], ${column('sessionId')}::uuid[], ${column('requestId')}::uuid[],
      ${column('action')}::text[], ${column('outcome')}::text[], ${column('resourceType')}::text[],
      ${column('resourceId')}::text[], ${column('patientId')}::uuid[], ${column('ip')}::text[],
      ${byteaArray(
        sql,
        entries.map(({ bytes }) => bytes),
      )},
      ${byteaArray(
        sql,
        entries.map(({ leafHash }) => leafHash),
      )},
      ${byteaArray(
        sql,
        entries.map(({ mac }) => mac),
      )}
    ) as entry (id, at, actor_kind, actor_id, session_id, request_id, action, outcome, resource_type, resource_id,
      patient_id, ip, bytes, leaf_hash, mac)`
}
