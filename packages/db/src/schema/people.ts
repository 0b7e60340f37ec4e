import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, instant, peopleChangeId, userId, vouched } from './types.ts'

/**
 * What is to be done to several people, or to one person in several ways, as one act: a file that was read
 * in, the same change for many, a transfer. `content` is what was asked for, sealed while it waits and gone
 * afterwards; `sha256` is its hash, for a file that of its bytes. `plan` is the exact difference that is
 * carried out, sealed, and `planHash` its hash: written once, when it is agreed on.
 */
export const peopleChanges = pgTable(
  'people_changes',
  {
    id: peopleChangeId().primaryKey(),
    kind: text({ enum: ['import', 'bulk', 'transfer'] }).notNull(),
    askedBy: userId().notNull(),
    content: bytea(),
    sha256: bytea().notNull(),
    /** How many lines a file has, or how many people were chosen. */
    lines: integer().notNull(),
    /** Sealed; null while nobody has asked for it yet. */
    reason: bytea(),
    approvalId: uuid(),
    workId: uuid(),
    plan: bytea(),
    planHash: bytea(),
    createdAt: createdAt(),
    ...vouched(),
  },
  (t) => [index('people_changes_asker').on(t.askedBy, t.id)],
)

/**
 * What has become of each line of a change, written in the transaction that does it: done again after a kill,
 * a line that stands here is passed over. Gives nobody anything.
 */
export const peopleChangeLines = pgTable(
  'people_change_lines',
  {
    changeId: peopleChangeId()
      .notNull()
      .references(() => peopleChanges.id),
    line: integer().notNull(),
    outcome: text({ enum: ['done', 'same', 'refused', 'overtaken'] }).notNull(),
    userId: userId(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.changeId, t.line] })],
)
