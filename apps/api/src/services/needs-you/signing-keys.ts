import type { Need } from '@chartward/contract'
import { signingKeysInForce } from '../../audit/log/enrolments.ts'
import { DAY_MS, type Feed } from './room.ts'

/** A signing key is handed over from yearly, and asked about a month before. */
const YEAR_MS = 365 * DAY_MS
const WARNED_MS = 30 * DAY_MS

/**
 * Signing keys that are nearly a year old: who has the machine hands over to new ones there, which ends it.
 */
export const oldSigningKeys: Feed = {
  permissions: ['home:security:read', 'audit:log:verify'],
  needs: async ({ app: { db, clock, settings } }) => {
    const keys = await signingKeysInForce(db.sql, settings.logVerifierKey)
    const old = keys.filter(({ since }) => clock().getTime() - since.getTime() > YEAR_MS - WARNED_MS)
    return old.map(
      ({ purpose, entryId, since }): Need => ({
        kind: 'signing-key-old',
        room: 'audit',
        id: entryId,
        what: purpose,
        whom: null,
        by: null,
        since: since.toISOString(),
        due: null,
      }),
    )
  },
}
