import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, patientId, userId } from './types.ts'

/**
 * What the entry that tells of a key commits to, and an auditor compares: they have no sight of `wrapped`.
 */
const wrappedHash = () => bytea().generatedAlwaysAs(sql`sha256(wrapped)`)

/**
 * `pending`: made, and nothing is made with it yet. `primary`: what is new is made with it. `decrypt-only`:
 * it opens and checks what it made. `disabled`: no row needs it, and a backup that is kept may. `destroyed`:
 * its bytes are gone. A trigger lets a key go no other way than this, and back from `disabled` alone.
 */
export const KEY_STATES = ['pending', 'primary', 'decrypt-only', 'disabled', 'destroyed'] as const
export type KeyState = (typeof KEY_STATES)[number]

/** Since when a key has its state. */
const stateAt = () => createdAt()

/** To the hour, when something was last made, opened or checked with a key. */
const usedAt = () => instant()

/** Of a key that is destroyed the wrapped bytes are gone, and of no other. */
const destroyed = (table: { state: unknown; wrapped: unknown }) =>
  sql`(${table.state} = 'destroyed') = (length(${table.wrapped}) = 0)`

/**
 * Key-encryption keys, wrapped by the KMS provider's root. One is primary, and one is retired only when no
 * key is wrapped under it.
 */
export const keks = pgTable(
  'keks',
  {
    id: id(),
    version: integer().notNull().default(1),
    provider: text().notNull(),
    wrapped: bytea().notNull(),
    wrappedHash: wrappedHash(),
    state: text({ enum: KEY_STATES }).notNull(),
    createdAt: createdAt(),
    stateAt: stateAt(),
    usedAt: usedAt(),
  },
  (t) => [
    uniqueIndex('keks_version').on(t.version),
    uniqueIndex('keks_primary').on(t.state).where(sql`${t.state} = 'primary'`),
    check('keks_destroyed', destroyed(t)),
  ],
)

/**
 * A patient's data keys, one of them primary, AES-256-KWP under a KEK together with the patient's id. Not
 * part of database backups (crypto-shred, design 03).
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
    stateAt: stateAt(),
  },
  (t) => [
    index('patient_keys_patient').on(t.patientId),
    uniqueIndex('patient_keys_primary').on(t.patientId).where(sql`${t.state} = 'primary'`),
    index('patient_keys_kek').on(t.kekId),
    // Each process asks every few seconds whose keys have changed their state.
    index('patient_keys_changed').on(t.stateAt).where(sql`${t.stateAt} > ${t.createdAt}`),
    check('patient_keys_destroyed', destroyed(t)),
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
    stateAt: stateAt(),
    usedAt: usedAt(),
  },
  (t) => [
    uniqueIndex('system_keys_purpose').on(t.purpose, t.version),
    uniqueIndex('system_keys_primary').on(t.purpose).where(sql`${t.state} = 'primary'`),
    check('system_keys_destroyed', destroyed(t)),
  ],
)

/**
 * A rotation: which key takes the place of which, how far what was made with the old one has been made anew,
 * and who asked. It says what is to be done and decides nothing: whether a key may be retired is asked of the
 * rows. `slot` is what one rotation at a time is done of. `reason` is sealed.
 */
export const keyRotations = pgTable(
  'key_rotations',
  {
    id: id(),
    kind: text({ enum: ['kek', 'system', 'patient'] }).notNull(),
    /** Of system keys. */
    purpose: text(),
    /** The patient of a rotation of one; null where it is of all whose keys are due. */
    subjectId: uuid(),
    slot: text().notNull(),
    cause: text({ enum: ['schedule', 'hand', 'suspicion'] }).notNull(),
    askedBy: userId(),
    reason: bytea(),
    state: text({ enum: ['running', 'paused', 'done'] }).notNull(),
    /** `pending`: every process learns of the key before anything is made with it. */
    phase: text({ enum: ['pending', 'rewriting', 'settling', 'retiring', 'ended'] }).notNull(),
    /** The key that comes into force; null where there is one for each patient. */
    toKey: uuid(),
    startedAt: instant().notNull(),
    phaseAt: instant().notNull(),
    endedAt: instant(),
    /** Time in which it ran, in milliseconds, and what was done in it: the rate. */
    workedMs: bigint({ mode: 'number' }).notNull().default(0),
    done: bigint({ mode: 'number' }).notNull().default(0),
    /** Not made anew since somebody wrote them meanwhile, or they do not open: looked at again. */
    skipped: bigint({ mode: 'number' }).notNull().default(0),
    total: bigint({ mode: 'number' }),
    /** What keeps the old key from being retired, in a word. */
    blocked: text(),
  },
  (t) => [
    uniqueIndex('key_rotations_slot').on(t.slot).where(sql`${t.state} <> 'done'`),
    check('key_rotations_end', sql`(${t.endedAt} is not null) = (${t.state} = 'done')`),
  ],
)
