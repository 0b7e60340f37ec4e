import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { notices } from './notices.ts'
import { bytea, createdAt, id, instant, userId, vouched } from './types.ts'
import { users } from './users.ts'

/**
 * A single-use link by which somebody with an account changes what they sign in with: a new password (the
 * factor stays, and is asked for), or an address that counts once it has been read there. Only a MAC of the
 * token is kept. One of a purpose stands at a time.
 */
export const accountLinks = pgTable(
  'account_links',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    purpose: text({ enum: ['password-reset', 'address'] }).notNull(),
    tokenHash: bytea().notNull(),
    /** The address that is to count; null for a link to a new password. */
    email: text(),
    /** Null where the person asked for it themself. */
    askedBy: userId(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    revokedAt: instant(),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('account_links_token').on(t.tokenHash),
    index('account_links_user').on(t.userId, t.createdAt),
    check('account_links_email', sql`(${t.email} is not null) = (${t.purpose} = 'address')`),
  ],
)

/**
 * Mail that waits to be sent, and what became of it. The content, to whom with what link, is sealed to its
 * row, so that nobody who can write rows sends a link elsewhere; it is wiped when there is no more need of
 * it. A request to reset a password names nobody until it is dealt with: it is the same for every address.
 */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    userId: userId().references(() => users.id),
    kind: text({ enum: ['invitation', 'reset-asked', 'password-reset', 'address', 'notice'] }).notNull(),
    /** What the person finds on their page too. */
    noticeId: uuid().references(() => notices.id),
    askedAt: instant().notNull(),
    content: bytea(),
    state: text({ enum: ['waiting', 'sent', 'undeliverable', 'dropped'] }).notNull(),
    settledAt: instant(),
    /** Why it could not be delivered. */
    failure: text({ enum: ['address-refused', 'refused', 'expired', 'gave-up'] }),
  },
  (t) => [
    index('mails_user').on(t.userId, t.id),
    index('mails_notice').on(t.noticeId),
    check(
      'mails_settled',
      sql`(${t.state} = 'waiting') = (${t.settledAt} is null) and (${t.state} = 'waiting') = (${t.content} is not null)
        and (${t.state} = 'undeliverable') = (${t.failure} is not null)`,
    ),
  ],
)
