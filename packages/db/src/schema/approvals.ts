import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, subjectId, userId, vouched } from './types.ts'

/**
 * Everything that needs a second person. `payload` holds ids and settings only, never PHI. The requester is
 * not the approver: refused by the verb, and by a check constraint behind it.
 */
export const approvals = pgTable(
  'approvals',
  {
    id: id(),
    kind: text({
      enum: [
        'role-assignment',
        'role-end',
        'practitioner-link',
        'deactivation',
        'reactivation',
        'lockdown',
        'password-reset',
        'identity-change',
        'lost-factor',
        'export',
        'upload-trust',
        'people-change',
        'role-version',
        'patient-account',
        'shred',
        'hold-lift',
      ],
    }).notNull(),
    subjectId: subjectId().notNull(),
    payload: jsonb().$type<Record<string, string | null>>().notNull(),
    requestedBy: userId().notNull(),
    /** Sealed, as is `decisionReason`: people type what they like into it. */
    reason: bytea().notNull(),
    status: text({ enum: ['pending', 'approved', 'rejected', 'expired'] })
      .notNull()
      .default('pending'),
    decidedBy: userId(),
    decisionReason: bytea(),
    createdAt: createdAt(),
    decidedAt: instant(),
    expiresAt: instant().notNull(),
    ...vouched(),
  },
  (t) => [
    index('approvals_status').on(t.status, t.kind),
    check('approvals_two_people', sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
  ],
)
