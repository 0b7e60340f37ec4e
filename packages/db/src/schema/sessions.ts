import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, sessionId, userId, vouched } from './types.ts'
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
    /**
     * The networks (/24, /48) and the kinds of browser from which a factor was given in it, parted by spaces:
     * from any other the factor is asked for again, once.
     */
    networks: text().notNull(),
    browsers: text().notNull(),
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
 * Browsers in which somebody has signed in fully: their guesses are counted apart, so that a stranger's lock
 * nobody out of them. `tokenHash` is a MAC of the cookie's token, which the people of one workstation share:
 * a row for each of them. One that has ended stays.
 */
export const knownDevices = pgTable(
  'known_devices',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    tokenHash: text().notNull(),
    createdAt: createdAt(),
    /** When its person last signed in there. */
    usedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    userAgent: text(),
    endedAt: instant(),
    endReason: text({ enum: ['forgotten', 'too-many', 'lockdown', 'closed', 'factor-lost'] }),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('known_devices_token').on(t.tokenHash, t.userId).where(sql`${t.endedAt} is null`),
    index('known_devices_user').on(t.userId, t.endedAt),
  ],
)

/**
 * Failed attempts, counted before the secret is checked so that a burst of parallel guesses gets no more than
 * the limit. The subject is a keyed hash: of the address typed (known or not) or of a person's factor, and of
 * the known device that it was typed on. `failures` lock for a while; `run` is how many there were since the
 * last success, and at its most the secret is refused until it is another one.
 */
export const attemptCounters = pgTable('attempt_counters', {
  subject: text().primaryKey(),
  failures: integer().notNull(),
  run: integer().notNull().default(0),
  windowStartedAt: instant().notNull(),
  lastAt: instant().notNull().default(sql`now()`),
  lockedUntil: instant(),
})
