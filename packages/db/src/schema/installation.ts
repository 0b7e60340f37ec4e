import { sql } from 'drizzle-orm'
import { check, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { createdAt, instant } from './types.ts'

/**
 * One row: what this database is. Written once and never changed: a demo database can't become a production
 * one, and `chartward init` makes the first two administrators once.
 */
export const installation = pgTable(
  'installation',
  {
    id: smallint().primaryKey().default(1),
    mode: text({ enum: ['demo', 'production'] }).notNull(),
    logOrigin: text().notNull(),
    /** How many patients name tokens are planned for, and the bits that they are made with. */
    plannedPatients: integer().notNull().default(1_000_000),
    nameBits: smallint().notNull().default(16),
    createdAt: createdAt(),
    initialisedAt: instant(),
  },
  (t) => [check('installation_single', sql`${t.id} = 1`)],
)
