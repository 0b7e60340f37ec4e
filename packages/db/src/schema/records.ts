import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, entryId, instant, patientId, recordId } from './types.ts'

/** One row per record: its patient, its type and its current version. The content stands in its versions. */
export const records = pgTable(
  'records',
  {
    patientId: patientId().notNull(),
    id: recordId().notNull(),
    resourceType: text().notNull(),
    version: integer().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.patientId, t.id] }),
    index('records_type').on(t.patientId, t.resourceType, t.id),
  ],
)

/**
 * One row per version, append-only: the app's role can neither update nor delete, and a trigger refuses those
 * who can. One envelope per field class, so that a SELECT fetches only the classes that a Scope allows.
 * `digests` holds one 32-byte HMAC per class in catalog order (absent classes left out), `mac` covers header,
 * digests and `previousMac`. `entryId` is the audit entry that committed to this version: to all of its row
 * but the envelopes. `classes` says which envelopes there are, a bit each in catalog order, so that whoever
 * may read no ciphertext can compare them with the classes that have a digest.
 */
export const recordVersions = pgTable(
  'record_versions',
  {
    patientId: patientId().notNull(),
    recordId: recordId().notNull(),
    version: integer().notNull(),
    authoredAt: instant().notNull(),
    author: text().notNull(),
    entryId: entryId().notNull(),
    identity: bytea(),
    contact: bytea(),
    clinical: bytea(),
    narrative: bytea(),
    billing: bytea(),
    unmapped: bytea(),
    classes: smallint().generatedAlwaysAs(
      sql`(identity is not null)::int + 2 * (contact is not null)::int + 4 * (clinical is not null)::int
        + 8 * (narrative is not null)::int + 16 * (billing is not null)::int + 32 * (unmapped is not null)::int`,
    ),
    digests: bytea().notNull(),
    integrityKeyId: uuid().notNull(),
    previousMac: bytea(),
    mac: bytea().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patientId, t.recordId, t.version] }),
    index('record_versions_entry').on(t.entryId),
  ],
)

/**
 * A chart's index, append-only: for each patient, type of record and field class a chain of segments. A
 * segment is one ciphertext that lists records (id, version) with what their line in a chart takes from
 * fields of that class. `mac` covers the segment and the MAC of the one before it. `base` is the number of
 * the oldest segment that still counts: a segment that is its own base says all anew.
 */
export const chartSegments = pgTable(
  'chart_segments',
  {
    patientId: patientId().notNull(),
    resourceType: text().notNull(),
    fieldClass: text().notNull(),
    number: integer().notNull(),
    base: integer().notNull(),
    content: bytea().notNull(),
    integrityKeyId: uuid().notNull(),
    mac: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.patientId, t.resourceType, t.fieldClass, t.number] })],
)
