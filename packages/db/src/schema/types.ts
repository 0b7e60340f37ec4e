import { sql } from 'drizzle-orm'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

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
/** What a request for a second person is about: who gets what it gives, or the export. */
export const subjectId = idOf<'user' | 'export'>()

/** An instant, kept to the microsecond in UTC. */
export const instant = () => timestamp({ withTimezone: true, precision: 6, mode: 'date' })

export const createdAt = () => instant().notNull().default(sql`now()`)
