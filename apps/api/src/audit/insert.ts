import { byteaArray, type Connection, type Transaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { Keyring } from '../keys/keyring.ts'
import type { PreparedEntry } from './entry.ts'
import { heldBy, holdSessions, LIVE } from './live-sessions.ts'
import { requireStored, type SentRow, type StoredRow } from './require-stored.ts'

/** What became of entries that were sent. */
export interface Inserted {
  readonly transactionId: string
  /** Those of sessions that have ended: they were not written. */
  readonly refused: ReadonlySet<EntryId>
}

/**
 * Writes entries in the caller's transaction (in one statement; notes and the patients of lists, which few
 * have, in others), but for those whose session has ended, and resolves once all of it has been read back.
 * The trigger on the table queues them for the sequencer in the same transaction. Rejects with
 * EntriesNotStored where something in the database has swallowed or changed any of it: what was to be shown
 * is not, and what was to be changed is undone.
 */
export const insertEntries = async (
  tx: Transaction,
  keyring: Keyring,
  entries: readonly PreparedEntry[],
): Promise<Inserted> => {
  const notes = entries.flatMap(({ id, note }) =>
    note === null ? [] : [{ id, content: keyring.seal('audit-notes', noteBinding(id), note) }],
  )
  const patients = entries.flatMap(({ id, patients }) =>
    patients.map((patientId) => [id, patientId] as const),
  )
  // Sent one behind the other and waited for together: one round trip.
  const stored = storeEntries(tx, entries)
  const [inserted] = await Promise.all([
    stored,
    patients.length === 0 ? null : storePatients(tx, patients, stored),
    notes.length === 0 ? null : storeNotes(tx, notes, stored),
  ])
  return inserted
}

const EMPTY = Buffer.alloc(0)
/** A note's plaintext is the salt of its commitment, then its text in UTF-8. */
export const NOTE_SALT_BYTES = 16

/** Where a note's ciphertext belongs: it opens beside its own entry only. */
export const noteBinding = (entryId: string) => ({
  purpose: 'audit-note',
  table: 'audit_notes',
  fieldClass: 'note',
  rowId: entryId,
  rowVersion: 1,
})

const storePatients = async (
  { sql }: Connection,
  pairs: readonly (readonly [EntryId, string])[],
  entries: Promise<Inserted>,
): Promise<void> => {
  const ids = pairs.map(([entryId]) => entryId)
  await requireStored(
    entries.then(({ refused }) =>
      pairs
        .filter(([entryId]) => !refused.has(entryId))
        .map(([entryId, patientId]): SentRow => ({ key: `${entryId} ${patientId}`, content: EMPTY })),
    ),
    sql<{ key: string }[]>`
      insert into audit_entry_patients (entry_id, patient_id)
      select * from unnest(${ids}::uuid[], ${pairs.map(([, id]) => id)}::uuid[]) as shown (entry_id, patient_id)
      where exists (select from audit_entries e where e.id = shown.entry_id)
      returning entry_id || ' ' || patient_id as key`,
    sql<StoredRow[]>`
      select entry_id || ' ' || patient_id as key, ''::bytea as content from audit_entry_patients
      where entry_id = any(${[...new Set(ids)]}::uuid[])`,
  )
}

const storeNotes = async (
  { sql }: Connection,
  notes: readonly { readonly id: EntryId; readonly content: Buffer }[],
  entries: Promise<Inserted>,
): Promise<void> => {
  const ids = notes.map(({ id }) => id)
  await requireStored(
    entries.then(({ refused }) =>
      notes.filter(({ id }) => !refused.has(id)).map(({ id, content }): SentRow => ({ key: id, content })),
    ),
    sql<{ key: string }[]>`
      insert into audit_notes (entry_id, content)
      select * from unnest(${ids}::uuid[], ${byteaArray(
        sql,
        notes.map(({ content }) => content),
      )}) as note (entry_id, content)
      where exists (select from audit_entries e where e.id = note.entry_id)
      returning entry_id as key`,
    sql<StoredRow[]>`
      select entry_id as key, content from audit_notes where entry_id = any(${ids}::uuid[])`,
  )
}

/**
 * Writes the rows of entries whose session stands, and nothing else of them; the trigger queues their ids.
 */
export const storeEntries = async (
  connection: Connection,
  entries: readonly PreparedEntry[],
): Promise<Inserted> => {
  const { sql } = connection
  const column = <K extends keyof PreparedEntry['columns']>(name: K) =>
    entries.map(({ columns }) => columns[name])
  const ids = entries.map(({ id }) => id)
  const sorted = [...ids].sort()
  const within = entries.map((entry) => entry.within)
  const holding = holdSessions(connection, within)
  const answered = sql<{ key: EntryId; stored: boolean }[]>`
    with entry as materialized (
      select entry.*, (${sql.unsafe(LIVE)}) as live
      from unnest(
        ${ids}::uuid[], ${column('at')}::text[], ${column('actorKind')}::text[],
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
        )},
        ${within}::uuid[], ${heldBy(within)}::bigint[]
      ) as entry (id, at, actor_kind, actor_id, session_id, request_id, action, outcome, resource_type, resource_id,
        patient_id, ip, bytes, leaf_hash, mac, within, held)
    ), stored as (
      insert into audit_entries (id, at, actor_kind, actor_id, session_id, request_id, action, outcome, resource_type,
        resource_id, patient_id, ip, bytes, leaf_hash, mac)
      select id, at::timestamptz, actor_kind, actor_id, session_id, request_id, action, outcome, resource_type,
        resource_id, patient_id, ip, bytes, leaf_hash, mac
      from entry where live
      returning id
    )
    select id as key, true as stored from stored
    union all select id, false from entry where not live`.execute()
  const refused = answered.then((rows) => new Set(rows.filter(({ stored }) => !stored).map(({ key }) => key)))
  const storing = requireStored(
    refused.then((left) =>
      entries
        .filter(({ id }) => !left.has(id))
        .map(
          ({ id, leafHash, mac }): SentRow => ({
            key: id,
            content: Buffer.concat([leafHash, leafHash, mac]),
          }),
        ),
    ),
    answered.then((all) => all.filter(({ stored }) => stored)),
    // The bytes by their leaf hash, made anew; the bounds let the planner leave out the other months.
    sql<(StoredRow & { transaction_id: string })[]>`
      select id as key, sha256('\\x00'::bytea || bytes) || leaf_hash || mac as content,
        pg_current_xact_id()::text as transaction_id
      from audit_entries
      where id = any(${ids}::uuid[]) and id between ${sorted[0] ?? null} and ${sorted.at(-1) ?? null}`,
  )
  const [rows] = await Promise.all([storing, holding])
  return { transactionId: rows[0]?.transaction_id ?? '', refused: await refused }
}
