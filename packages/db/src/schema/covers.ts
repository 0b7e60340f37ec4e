import { index, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core'
import { bytea, id, instant, userId, vouched } from './types.ts'

/**
 * Patients handed to colleagues for some days, in one act: of whose care, by whom, until when. What opens
 * charts are the care relationships that it names in `places`; ending it ends exactly those.
 */
export const covers = pgTable(
  'covers',
  {
    id: id(),
    /** Whose patients they are: their care has to go on for the cover to count. */
    coveredUser: userId().notNull(),
    givenBy: userId().notNull(),
    places: jsonb()
      .$type<readonly { readonly patientId: string; readonly userId: string; readonly id: string }[]>()
      .notNull(),
    receivers: uuid().array().notNull(),
    /** Sealed. */
    reason: bytea().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    endedAt: instant(),
    endedBy: userId(),
    ...vouched(),
  },
  (t) => [index('covers_covered').on(t.coveredUser), index('covers_receivers').using('gin', t.receivers)],
)
