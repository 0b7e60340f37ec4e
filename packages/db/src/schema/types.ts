import { sql } from 'drizzle-orm'
import { customType, integer, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Raw bytes: envelopes, hashes, tokens, wrapped keys. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** A UUIDv7 made in Node before the row is encrypted, so that it can be bound into the ciphertext. */
export const id = () => uuid().primaryKey()

/** Policy's `Id`, declared anew: this package knows schemas and no rules, and imports none. */
export type Id<Of extends string> = string & { readonly '~id': Of }

const idOf =
  <Of extends string>() =>
  () =>
    uuid().$type<Id<Of>>()

/** Columns that hold the id of one kind of thing, and that the compiler takes for no other's. */
export const patientId = idOf<'patient'>()
export const userId = idOf<'user'>()
export const recordId = idOf<'record'>()
export const sessionId = idOf<'session'>()
export const entryId = idOf<'entry'>()
/**
 * What a request for a second person is about: who gets what it gives, the export, the upload, the change of
 * several people, the role, the account that a patient is to have, the destruction of a patient's keys, or
 * the legal hold that is to be lifted.
 */
export const subjectId = idOf<
  'user' | 'export' | 'upload' | 'people-change' | 'role' | 'patient-account' | 'shred' | 'legal-hold'
>()
export const patientAccountId = idOf<'patient-account'>()
export const shredId = idOf<'shred'>()
export const legalHoldId = idOf<'legal-hold'>()
export const peopleChangeId = idOf<'people-change'>()

/** An instant, kept to the microsecond in UTC. */
export const instant = () => timestamp({ withTimezone: true, precision: 6, mode: 'date' })

export const createdAt = () => instant().notNull().default(sql`now()`)

/**
 * What a row that gives somebody something, or takes it away, is vouched for by: how many times it has been
 * written, and a MAC over what it says and whose it is, under a key that the database never holds. Every
 * table that spreads these is listed in `apps/api/src/vouch/kinds.ts`.
 */
export const vouched = () => ({ rowVersion: integer().notNull(), seal: bytea().notNull() })
