import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant, userId } from './types.ts'
import { users } from './users.ts'

/**
 * What a person is told of their own account, written in the transaction that causes it and never changed:
 * a word, where it came from, and the role where it is about one. A row gives nobody anything, so none is
 * vouched for; what happened is proven by the entry of the same transaction.
 */
export const notices = pgTable(
  'notices',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    word: text({
      enum: [
        'password-changed',
        'password-reset-sent',
        'password-reset',
        'name-changed',
        'address-change-asked',
        'address-changed',
        'recovery-code-used',
        'factor-added',
        'factor-removed',
        'recovery-codes-renewed',
        'passkey-suspected',
        'lost-factor-agreed',
        'lost-factor-called-off',
        'new-device',
        'lockout',
        'authenticator-refused',
        'sessions-ended',
        'locked-down',
        'role-given',
        'role-ended',
        'break-glass-opened',
        'break-glass-waiting',
        'break-glass-ended',
        'break-glass-reviewed',
        'cover-given',
        'cover-ended',
        'role-changed',
      ],
    }).notNull(),
    at: instant().notNull(),
    /** Address and browser, where whoever is told can tell by them whether it was they. */
    ip: text(),
    userAgent: text(),
    /** The role that was given or has ended, by its name in the policy. */
    role: text(),
  },
  (t) => [index('notices_user').on(t.userId, t.id)],
)
