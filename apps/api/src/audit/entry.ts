import { randomBytes } from 'node:crypto'
import {
  type AuditEntryBase,
  checkedBytes,
  type EntryRow,
  type EntryWriter,
  leafHash,
  noteCommitment,
  type SearchableColumns,
  searchableColumns,
  shownPatients,
} from '@chartward/audit'
import { hmacSha256, macEquals } from '@chartward/crypto'
import type { EntryId, PatientId, SessionId } from '@chartward/policy'

/** The ids of an entry whose kinds the log's own package, which knows no domain, does not tell apart. */
interface Ids {
  readonly id: EntryId
  readonly sessionId: SessionId | null
  readonly patientId: PatientId | null
}

/** What a verb or the procedure builder says of what happened; the rest of the entry is filled in here. */
export type Draft = Pick<AuditEntryBase, 'action' | 'outcome' | 'actor' | 'resource'> &
  Partial<Omit<AuditEntryBase, 'v' | 'noteHash' | 'rows' | 'writer' | keyof Ids>> &
  Partial<Ids> & {
    /** Free text such as a justification: kept in a table of its own, committed to by a salted hash. */
    readonly note?: string | null
    /** The session that it is done in: ended, it has the entry refused (`live-sessions.ts`). */
    readonly within?: SessionId | null
  }

/** What an entry says of who does something, whence and by which decision; the rest is the writer's. */
export type EntryBase = Pick<Draft, 'actor'> & Partial<Omit<Draft, 'action' | 'outcome' | 'resource'>>

/** What the writer adds of its own: which entry it is, and the rows that it commits to. */
interface Writing {
  readonly id: EntryId
  readonly at: string
  readonly writer: EntryWriter
  readonly rows: EntryRow[]
}

/** An entry ready to be stored. */
export interface PreparedEntry {
  readonly id: EntryId
  /** Which of its process's entries it is. */
  readonly number: number
  /** The session that has to stand when it is written; null for what rests on none. */
  readonly within: SessionId | null
  readonly columns: SearchableColumns
  /** The patients of a list, kept as rows of their own for search. */
  readonly patients: readonly string[]
  readonly bytes: Uint8Array
  readonly leafHash: Uint8Array
  readonly mac: Buffer
  /** What its note's ciphertext is made of: salt, then text. */
  readonly note: Buffer | null
}

const LABEL = Buffer.from('chartward/v1/audit-append\0')

/** The MAC by which the sequencer knows an entry for the application's own. */
export const appendMac = (appendKey: Uint8Array, bytes: Uint8Array): Buffer =>
  hmacSha256(appendKey, LABEL, bytes)

/** Whether the application wrote these bytes: whoever holds the database alone can't make this MAC. */
export const isOwnEntry = (appendKey: Uint8Array, bytes: Uint8Array, mac: Uint8Array): boolean =>
  macEquals(appendMac(appendKey, bytes), mac)

/**
 * Fills in, checks and canonicalises an entry. Throws AuditError for one that does not keep the log's rules.
 */
export const prepareEntry = (
  draft: Draft,
  { id, at, writer, rows }: Writing,
  appendKey: Uint8Array,
): PreparedEntry => {
  const { note: text, within = null, actor } = draft
  const note = text === undefined || text === null || text === '' ? null : { salt: randomBytes(16), text }
  // Keys in the order of RFC 8785, so that the text is written in one piece.
  const { entry, bytes } = checkedBytes({
    action: draft.action,
    actor: actor.kind === 'user' ? { id: actor.id, kind: actor.kind } : actor,
    at,
    change: draft.change ?? null,
    classes: draft.classes ?? [],
    count: draft.count ?? null,
    facts: draft.facts ?? {},
    fields: draft.fields ?? [],
    id,
    ip: draft.ip ?? null,
    masked: draft.masked ?? [],
    noteHash: note === null ? null : noteCommitment(note.salt, note.text),
    outcome: draft.outcome,
    patientId: draft.patientId ?? null,
    purpose: draft.purpose ?? null,
    reason: draft.reason ?? null,
    records: draft.records ?? null,
    requestId: draft.requestId ?? null,
    resource: { id: draft.resource.id, type: draft.resource.type },
    rows,
    sessionId: draft.sessionId ?? null,
    statement: draft.statement ?? null,
    userAgent: draft.userAgent ?? null,
    v: 1,
    writer,
  })
  return {
    id,
    number: writer.number,
    within,
    columns: searchableColumns(entry),
    patients: shownPatients(entry),
    bytes,
    leafHash: leafHash(bytes),
    mac: appendMac(appendKey, bytes),
    note: note === null ? null : Buffer.concat([note.salt, Buffer.from(note.text)]),
  }
}
