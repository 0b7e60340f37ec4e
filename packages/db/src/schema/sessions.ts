import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, instant, sessionId, userId, vouched } from './types.ts'
import { users } from './users.ts'

/**
 * Sessions, ended ones too (who ended them and why). `tokenHash` is a MAC of the cookie's token: a dump
 * of this table opens no session. `stage` says how far sign-in has come; only `full` reaches anything but
 * sign-in itself.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: sessionId().primaryKey(),
    tokenHash: text().notNull(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    stage: text({ enum: ['enrol', 'factor', 'full'] }).notNull(),
    createdAt: createdAt(),
    lastActiveAt: instant().notNull(),
    idleExpiresAt: instant().notNull(),
    expiresAt: instant().notNull(),
    factorAt: instant(),
    ip: text(),
    userAgent: text(),
    endedAt: instant(),
    endedBy: userId(),
    endReason: text({
      enum: [
        'sign-out',
        'replaced',
        'expired',
        'renewed',
        'role-change',
        'deactivated',
        'lockdown',
        'ended-by-administrator',
        'ended-by-owner',
        'password-reset',
      ],
    }),
    ...vouched(),
  },
  (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_user').on(t.userId, t.endedAt)],
)

/**
 * Failed attempts, counted before the secret is checked so that a burst of parallel guesses gets no more than
 * the limit. The subject is a keyed hash: of the address typed (known or not), or of a factor.
 */
export const attemptCounters = pgTable('attempt_counters', {
  subject: text().primaryKey(),
  failures: integer().notNull(),
  windowStartedAt: instant().notNull(),
  lockedUntil: instant(),
})
