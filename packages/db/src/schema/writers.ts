import { sql } from 'drizzle-orm'
import { bigint, check, customType, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant } from './types.ts'

/** Ranges of numbers, as PostgreSQL writes them: {[1,5),[7,9)}. */
const numbers = customType<{ data: string; driverData: string }>({ dataType: () => 'int8multirange' })

/**
 * Which numbers of each process's entries the sequencer has seen, in the log or declared void, and up to
 * which the process has claimed that all are one or the other. What lies between is missing.
 */
export const auditWriters = pgTable(
  'audit_writers',
  {
    process: uuid().primaryKey(),
    seen: numbers().notNull(),
    settled: bigint({ mode: 'number' }).notNull(),
    updatedAt: instant().notNull().default(sql`now()`),
  },
  (t) => [check('audit_writers_settled', sql`${t.settled} >= 0`)],
)

/**
 * Numbers that are missing from the log: `named_at` once they have been so for too long to be merely late. A
 * row goes where the number comes after all.
 */
export const auditGaps = pgTable(
  'audit_gaps',
  {
    process: uuid().notNull(),
    number: bigint({ mode: 'number' }).notNull(),
    since: createdAt(),
    namedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.process, t.number] })],
)
