import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, entryId, instant, patientId, sessionId } from './types.ts'

/**
 * The audit log: one row per entry, append-only, range-partitioned by month of the UUIDv7 id. `bytes` are the
 * exact canonical bytes (RFC 8785) that the leaf hash covers; the other columns are their searchable view,
 * checked against the bytes by `chartward verify --database`. `mac` is made with a key that the database
 * never holds: an entry put in behind the application's back is never sequenced. No foreign keys: an entry
 * outlives what it names.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: entryId().notNull(),
    at: instant().notNull(),
    actorKind: text().notNull(),
    actorId: text(),
    sessionId: sessionId(),
    requestId: uuid(),
    action: text().notNull(),
    outcome: text().notNull(),
    resourceType: text().notNull(),
    resourceId: text(),
    patientId: patientId(),
    ip: text(),
    bytes: bytea().notNull(),
    leafHash: bytea().notNull(),
    mac: bytea().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id] }),
    index('audit_entries_actor').on(t.actorId, t.id),
    index('audit_entries_patient').on(t.patientId, t.id),
    index('audit_entries_action').on(t.action, t.id),
    index('audit_entries_request').on(t.requestId),
    index('audit_entries_ip').on(t.ip, t.id).where(sql`${t.ip} is not null`),
    index('audit_entries_resource').on(t.resourceId, t.id).where(sql`${t.resourceId} is not null`),
  ],
)

/**
 * The patients whom an entry names when it shows several, as in a list: a searchable copy of its `patients`
 * fact, checked against the bytes like the columns above.
 */
export const auditEntryPatients = pgTable(
  'audit_entry_patients',
  { entryId: entryId().notNull(), patientId: patientId().notNull() },
  (t) => [
    primaryKey({ columns: [t.patientId, t.entryId] }),
    index('audit_entry_patients_entry').on(t.entryId),
  ],
)

/** Free text (justifications), one envelope each, committed to in the entry by a salted hash; redactable. */
export const auditNotes = pgTable('audit_notes', {
  entryId: entryId().primaryKey(),
  content: bytea().notNull(),
  createdAt: createdAt(),
})

const pending = (name: 'audit_pending_0' | 'audit_pending_1' | 'audit_pending_2') =>
  pgTable(name, { entryId: entryId().notNull() })

/**
 * What has been appended and not yet sequenced: three small tables used in turn and truncated, so that
 * an old snapshot elsewhere can't make the queue slow. Filled by a trigger on audit_entries, emptied by
 * the sequencer.
 */
export const auditPending0 = pending('audit_pending_0')
export const auditPending1 = pending('audit_pending_1')
export const auditPending2 = pending('audit_pending_2')

/** Which pending table the trigger fills now. One row; moved by the sequencer. */
export const auditPendingCursor = pgTable(
  'audit_pending_cursor',
  { id: smallint().primaryKey().default(1), current: smallint().notNull().default(0) },
  (t) => [check('audit_pending_cursor_single', sql`${t.id} = 1 and ${t.current} between 0 and 2`)],
)

/** The log's order: dense indexes from 0, written by the sequencer alone. */
export const auditLeaves = pgTable('audit_leaves', {
  index: bigint({ mode: 'number' }).primaryKey(),
  entryId: entryId().notNull().unique(),
  leafHash: bytea().notNull(),
})

/**
 * Complete subtree hashes of the Merkle tree at levels 1 and up (RFC 9162 section 2.1); they never change.
 */
export const auditNodes = pgTable(
  'audit_nodes',
  {
    level: smallint().notNull(),
    index: bigint({ mode: 'number' }).notNull(),
    hash: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.index] })],
)

/** The tree's head: one row, locked by the sequencer that leads, and the signed checkpoint over it. */
export const auditHead = pgTable(
  'audit_head',
  {
    id: smallint().primaryKey().default(1),
    size: bigint({ mode: 'number' }).notNull().default(0),
    frontier: bytea().notNull(),
    root: bytea().notNull(),
    checkpoint: text(),
    checkpointSize: bigint({ mode: 'number' }),
    signedAt: instant(),
    updatedAt: instant().notNull(),
  },
  (t) => [check('audit_head_single', sql`${t.id} = 1`)],
)

/**
 * Entries whose MAC or bytes did not hold when they were to be sequenced: never part of the log, always
 * shown.
 */
export const auditQuarantine = pgTable('audit_quarantine', {
  entryId: entryId().primaryKey(),
  problem: text().notNull(),
  foundAt: createdAt(),
})

/** Accesses per hour, role-less and patient-less: kept by the sequencer for charts and baselines. */
export const auditHourly = pgTable(
  'audit_hourly',
  {
    hour: instant().notNull(),
    actorId: text().notNull(),
    action: text().notNull(),
    outcome: text().notNull(),
    count: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.hour, t.actorId, t.action, t.outcome] }),
    index('audit_hourly_actor').on(t.actorId, t.hour),
  ],
)
