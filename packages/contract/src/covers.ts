import * as z from 'zod/mini'
import {
  count,
  done,
  id,
  instant,
  list,
  patientId,
  person,
  reason,
  searchText,
  until,
  userId,
} from './forms.ts'

/** For how many days at most patients are handed to colleagues, and how many of each in one act. */
export const COVER_DAYS = 7
export const MOST_COVERED = 100
export const MOST_COVERING = 5

/** Whose patients: `all` are all of whom that person has care of their own. */
export const giveCoverInput = z.strictObject({
  /** Whose patients, for whoever keeps the care teams of others; one's own are meant where it is left out. */
  coveredUserId: z.optional(userId),
  patients: z.union([z.literal('all'), z.array(patientId).check(z.minLength(1), z.maxLength(MOST_COVERED))]),
  userIds: z.array(userId).check(z.minLength(1), z.maxLength(MOST_COVERING)),
  endsAt: until,
  reason,
})
export const giveCoverOutput = z.strictObject({ id, patients: count, endsAt: instant })

/** Covers that one gave or has, or, for whoever keeps the care teams of others, those of a user. */
export const listCoversInput = z.strictObject({ userId: z.optional(userId) })
export const listCoversOutput = list(
  z.strictObject({
    id,
    covered: person,
    givenBy: person,
    receivers: z.array(person),
    patientIds: z.array(id),
    startsAt: instant,
    endsAt: instant,
    ended: z.boolean(),
    reason: z.string(),
    /** Whether the reader may end it. */
    mayEnd: z.boolean(),
  }),
)

export const findCoveringInput = z.strictObject({ text: searchText })
/** Roles by their titles. */
export const findCoveringOutput = z.array(
  z.strictObject({ id, displayName: z.string(), roles: z.array(z.string()) }),
)

export const endCoverInput = z.strictObject({ id, reason })
export const endCoverOutput = done

export const careWindowInput = z.strictObject({
  /** What the window would be; left out, what it is. */
  days: z.optional(z.int().check(z.minimum(1), z.maximum(36_500))),
})
export const careWindowOutput = z.strictObject({
  /** For how many days an encounter counts after its end: as it is set, and as it was asked about. */
  days: count,
  asked: count,
  /** Imported relationships of people with an account that are in force as it is set. */
  inForce: count,
  /** Of those, the ones that end by the window asked about. */
  end: count,
  /**
   * How many charts are shut by that: somebody of the workforce, and a patient with whom nothing else is
   * left.
   */
  chartsShut: count,
  /** People of the workforce whom that concerns. */
  people: count,
  /** How many come into force by a longer window. */
  begin: count,
})

export type GiveCoverInput = z.output<typeof giveCoverInput>
export type GiveCoverOutput = z.output<typeof giveCoverOutput>
export type ListCoversInput = z.output<typeof listCoversInput>
export type ListCoversOutput = z.output<typeof listCoversOutput>
export type FindCoveringInput = z.output<typeof findCoveringInput>
export type FindCoveringOutput = z.output<typeof findCoveringOutput>
export type EndCoverInput = z.output<typeof endCoverInput>
export type EndCoverOutput = z.output<typeof endCoverOutput>
export type CareWindowInput = z.output<typeof careWindowInput>
export type CareWindowOutput = z.output<typeof careWindowOutput>
