import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, userId, vouched } from './types.ts'

/**
 * A request for a de-identified dataset and, once built, its release. `manifest` holds counts, treatments
 * and hashes, no patient's value. A build that dies leaves `building`, and the job that takes it up again
 * starts it anew.
 */
export const exportRequests = pgTable(
  'export_requests',
  {
    id: id(),
    requestedBy: userId().notNull(),
    /** Sealed: people type what they like into it. */
    purpose: bytea().notNull(),
    profile: text({ enum: ['safe-harbor'] }).notNull(),
    resourceTypes: text().array().notNull(),
    asOf: instant().notNull(),
    status: text({ enum: ['requested', 'approved', 'rejected', 'building', 'ready', 'failed'] }).notNull(),
    approvalId: uuid(),
    failure: text(),
    manifest: jsonb(),
    createdAt: createdAt(),
    builtAt: instant(),
    expiresAt: instant(),
    ...vouched(),
  },
  (t) => [index('export_requests_requester').on(t.requestedBy, t.id)],
)

/** The release's files in encrypted pieces, in order: row id and number are bound into each envelope. */
export const releaseChunks = pgTable(
  'release_chunks',
  {
    exportId: uuid()
      .notNull()
      .references(() => exportRequests.id),
    format: text({ enum: ['csv', 'ndjson'] }).notNull(),
    sequence: integer().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    content: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exportId, t.format, t.sequence] })],
)
