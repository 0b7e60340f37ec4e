import { sql } from 'drizzle-orm'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Raw bytes: envelopes, hashes, tokens, wrapped keys. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** A UUIDv7 made in Node before the row is encrypted, so that it can be bound into the ciphertext. */
export const id = () => uuid().primaryKey()

/** An instant, kept to the microsecond in UTC. */
export const instant = () => timestamp({ withTimezone: true, precision: 6, mode: 'date' })

export const createdAt = () => instant().notNull().default(sql`now()`)
