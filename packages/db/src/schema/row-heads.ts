import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, userId } from './types.ts'

/**
 * What the log last said of each row that is vouched for: kept by a follower of the log, under a MAC that the
 * database can't make. By it a row that was put back to an earlier state, or taken away, is known. Rows that
 * are no longer in force for anybody (sessions of long ago) are left out.
 */
export const rowHeads = pgTable(
  'row_heads',
  {
    kind: text().notNull(),
    id: uuid().notNull(),
    /** Whose account the row is about; null for none, as for an imported care relationship. */
    owner: userId(),
    version: integer().notNull(),
    hash: bytea().notNull(),
    /** The place in the log of the entry that says so. */
    logIndex: bigint({ mode: 'number' }).notNull(),
    mac: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id] }), index('row_heads_index').on(t.logIndex)],
)

/** How far the log was followed for `row_heads`, and the sum over the MACs of all heads of accounts. */
export const rowHeadsState = pgTable(
  'row_heads_state',
  {
    id: smallint().primaryKey().default(1),
    nextIndex: bigint({ mode: 'number' }).notNull(),
    sum: bytea().notNull(),
    mac: bytea().notNull(),
  },
  (t) => [check('row_heads_state_single', sql`${t.id} = 1`)],
)
