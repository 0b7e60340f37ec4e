import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, userId, vouched } from './types.ts'

/**
 * A file of records that a person has sent in whole. The file's name is kept nowhere: people name files after
 * people. `requestId` is that of the request that brought it, which all entries of its import name too.
 */
export const uploads = pgTable(
  'uploads',
  {
    id: id(),
    uploadedBy: userId().notNull(),
    /** Whose ids the resources have: always of the sources that uploads have to themselves. */
    source: text().notNull(),
    requestId: uuid().notNull(),
    /** As it came, before anything was unzipped. */
    bytes: bigint({ mode: 'number' }).notNull(),
    sha256: bytea().notNull(),
    createdAt: createdAt(),
    ...vouched(),
  },
  (t) => [index('uploads_uploader').on(t.uploadedBy, t.id)],
)

/**
 * The bytes of an upload in encrypted pieces, in order: upload and number are bound into each envelope.
 * They come before the row of their upload, and go once it has been imported.
 */
export const uploadPieces = pgTable(
  'upload_pieces',
  {
    uploadId: uuid().notNull(),
    sequence: integer().notNull(),
    content: bytea().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.uploadId, t.sequence] })],
)
