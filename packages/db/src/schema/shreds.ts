import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea, instant, legalHoldId, patientId, shredId, userId, vouched } from './types.ts'

/**
 * Legal holds: while one of a patient stands, nobody destroys anything of theirs. Set by one person, with a
 * sealed reason; lifted only by the approval of a second. A row is never deleted.
 */
export const legalHolds = pgTable(
  'legal_holds',
  {
    id: legalHoldId().primaryKey(),
    patientId: patientId().notNull(),
    setBy: userId().notNull(),
    setAt: instant().notNull(),
    /** Sealed: people type what they like into it. */
    reason: bytea().notNull(),
    /** Who asked for it to be lifted, and who agreed: two people. */
    liftAskedBy: userId(),
    liftedBy: userId(),
    liftedAt: instant(),
    ...vouched(),
  },
  (t) => [
    index('legal_holds_patient').on(t.patientId),
    check(
      'legal_holds_lifted',
      sql`(${t.liftedAt} is null) = (${t.liftedBy} is null) and (${t.liftedAt} is null) = (${t.liftAskedBy} is null)
        and (${t.liftedBy} is null or ${t.liftedBy} <> ${t.liftAskedBy})`,
    ),
  ],
)

/**
 * That a patient's keys are to be destroyed, and that they were: ids and moments, nothing of the patient. One
 * that was carried out stays for ever, and nothing is written for its patient any more. `ledgerIndex` and
 * `ledgerHash` say where its line stands in the ledger outside the database, `certificate` is the signed
 * certificate of destruction: both are written once, after the destruction.
 */
export const shreds = pgTable(
  'shreds',
  {
    id: shredId().primaryKey(),
    patientId: patientId().notNull(),
    state: text({ enum: ['requested', 'done', 'ended'] }).notNull(),
    requestedBy: userId().notNull(),
    requestedAt: instant().notNull(),
    decidedBy: userId(),
    decidedAt: instant(),
    /** The ids of the keys that were destroyed, and how many rows of what went with them: JSON. */
    destroyed: text(),
    /** When the last copy of a wrapped key outside the database has expired, or is bound to have. */
    finalAt: instant(),
    /** Whether `finalAt` is the longest that such a copy may be kept, and not what is known of each. */
    finalIsBound: boolean(),
    ledgerIndex: integer(),
    ledgerHash: bytea(),
    certificate: text(),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('shreds_patient').on(t.patientId).where(sql`${t.state} <> 'ended'`),
    index('shreds_done').on(t.decidedAt).where(sql`${t.state} = 'done'`),
    check(
      'shreds_two_people',
      sql`(${t.state} = 'requested' and ${t.decidedBy} is null)
        or (${t.state} = 'done' and ${t.decidedBy} is not null and ${t.decidedBy} <> ${t.requestedBy})
        or ${t.state} = 'ended'`,
    ),
    check(
      'shreds_done',
      sql`(${t.state} = 'done') = (${t.destroyed} is not null and ${t.finalAt} is not null and ${t.finalIsBound} is not null)
        and (${t.ledgerIndex} is null) = (${t.ledgerHash} is null)`,
    ),
  ],
)
