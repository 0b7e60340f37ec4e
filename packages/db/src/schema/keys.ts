import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, patientId } from './types.ts'

/**
 * What the entry that tells of a key commits to, and an auditor compares: they have no sight of `wrapped`.
 */
const wrappedHash = () => bytea().generatedAlwaysAs(sql`sha256(wrapped)`)

const KEY_STATES = ['pending', 'primary', 'decrypt-only', 'disabled', 'destroyed'] as const

/** Key-encryption keys, wrapped by the KMS provider's root. One is primary. */
export const keks = pgTable('keks', {
  id: id(),
  provider: text().notNull(),
  wrapped: bytea().notNull(),
  wrappedHash: wrappedHash(),
  state: text({ enum: KEY_STATES }).notNull(),
  createdAt: createdAt(),
})

/**
 * One data key per patient, AES-256-KWP under a KEK together with the patient's id. Not part of database
 * backups (crypto-shred, design 03).
 */
export const patientKeys = pgTable(
  'patient_keys',
  {
    patientId: patientId().notNull(),
    id: uuid().primaryKey(),
    kekId: uuid()
      .notNull()
      .references(() => keks.id),
    wrapped: bytea().notNull(),
    wrappedHash: wrappedHash(),
    state: text({ enum: KEY_STATES }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('patient_keys_patient').on(t.patientId),
    uniqueIndex('patient_keys_primary').on(t.patientId).where(sql`${t.state} = 'primary'`),
    index('patient_keys_kek').on(t.kekId),
  ],
)

/**
 * Keys that belong to no patient: factor secrets, exports, notes, the directory, blind indexes,
 * integrity, pepper.
 */
export const systemKeys = pgTable(
  'system_keys',
  {
    id: id(),
    purpose: text().notNull(),
    version: integer().notNull(),
    kekId: uuid()
      .notNull()
      .references(() => keks.id),
    wrapped: bytea().notNull(),
    wrappedHash: wrappedHash(),
    state: text({ enum: KEY_STATES }).notNull(),
    createdAt: createdAt(),
    retiredAt: instant(),
  },
  (t) => [uniqueIndex('system_keys_purpose').on(t.purpose, t.version)],
)
