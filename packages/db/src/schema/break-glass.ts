import { sql } from 'drizzle-orm'
import { check, index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, id, instant, patientId, userId, vouched } from './types.ts'

/**
 * Uses of break-glass: for one patient, by one user, for a time, with why. Whether one is in force is decided
 * by its dates and by `assignmentId`, the role assignment that it was opened by, and never by a job. Who
 * ended it and what a reviewer said of it stand in the same row, each written once; a use is never deleted.
 * Reason and note are sealed: people type what they like. The reviewer is not the user: refused by the verb,
 * and by a check constraint behind it.
 */
export const breakGlassGrants = pgTable(
  'break_glass_grants',
  {
    id: id(),
    patientId: patientId().notNull(),
    userId: userId().notNull(),
    assignmentId: uuid().notNull(),
    cause: text({ enum: ['emergency', 'on-call', 'arrived', 'asked', 'other'] }).notNull(),
    reason: bytea().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    endedAt: instant(),
    endedBy: userId(),
    endReason: text({
      enum: ['holder', 'reviewer', 'lockdown', 'deactivated', 'role-ended'],
    }),
    verdict: text({ enum: ['appropriate', 'not-appropriate', 'follow-up'] }),
    note: bytea(),
    reviewedBy: userId(),
    reviewedAt: instant(),
    /** How often more people have been told that nobody has reviewed it: it decides nothing. */
    escalated: smallint().notNull().default(0),
    ...vouched(),
  },
  (t) => [
    index('break_glass_grants_user').on(t.userId, t.patientId),
    index('break_glass_grants_waiting').on(t.startsAt).where(sql`${t.verdict} is null`),
    check('break_glass_two_people', sql`${t.reviewedBy} is null or ${t.reviewedBy} <> ${t.userId}`),
    check(
      'break_glass_reviewed',
      sql`(${t.verdict} is null) = (${t.reviewedBy} is null) and (${t.verdict} is null) = (${t.reviewedAt} is null)
        and (${t.endedAt} is null) = (${t.endReason} is null)`,
    ),
  ],
)
