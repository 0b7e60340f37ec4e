import type { Connection } from '@chartward/db'

/** The longest that a keyring artifact, a physical backup or a WAL segment may be kept, in days. */
const MOST_KEPT_DAYS = 35
const DAY_MS = 24 * 60 * 60 * 1000

/** Until when a copy of a wrapped key may be outside the database. */
export interface KeyExpiry {
  readonly at: Date
  /** Whether it is the longest that a copy may be kept, and not what is known of each. */
  readonly isBound: boolean
}

/**
 * When the last copy of a key that is wrapped in the database now has expired, wherever it is kept: a copy
 * that is made after `now` no longer holds it.
 */
export const latestKeyExpiry = async (_connection: Connection, now: Date): Promise<KeyExpiry> => ({
  at: new Date(now.getTime() + MOST_KEPT_DAYS * DAY_MS),
  isBound: true,
})
