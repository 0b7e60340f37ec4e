import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './types.ts'

/**
 * How many secrets were tried from one address, or in one session, in its latest minute: of all processes
 * together. The subject is a keyed hash, as that of `attempt_counters`; rows are deleted within the day.
 */
export const secretRates = pgTable('secret_rates', {
  subject: text().primaryKey(),
  minute: instant().notNull(),
  tried: integer().notNull(),
})
