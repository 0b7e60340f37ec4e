import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './types.ts'

/**
 * How far each follower of the audit log has seen it: one row per follower and the database login that it
 * runs with, put in by whoever runs it first, moved on in the transaction in which the entries before
 * `next_index` were seen. A login sees and moves its own rows alone; nobody moves one back, since what has
 * been seen would be seen again. To let a follower see the whole log once more, it is given another name.
 */
export const logFollowers = pgTable(
  'log_followers',
  {
    login: text().notNull().default(sql`current_user`),
    name: text().notNull(),
    nextIndex: bigint({ mode: 'number' }).notNull().default(0),
    updatedAt: instant().notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.login, t.name] }), check('log_followers_next', sql`${t.nextIndex} >= 0`)],
)
