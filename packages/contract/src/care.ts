import * as z from 'zod/mini'
import { done, id, instant, list, patientId, reason, searchText, until, userId } from './forms.ts'
import { careKind } from './words.ts'

/** For how many days a relationship that is made by hand lasts: unless told, and at most. */
export const CARE_DAYS = { unlessTold: 90, atMost: 365 } as const

/**
 * For how many days an imported encounter counts after its end unless the operator tells, and for how many it
 * did so before there was break-glass (ADR 011, ADR 075).
 */
export const CARE_WINDOW_DAYS = { unlessTold: 365, before: 3650 } as const

export const listCareTeamInput = z.strictObject({ patientId })
export const listCareTeamOutput = list(
  z.strictObject({
    id,
    kind: careKind,
    who: z.strictObject({ userId: z.nullable(id), practitionerId: z.nullable(id), name: z.string() }),
    startsAt: instant,
    endsAt: z.nullable(instant),
    /** Who gave it by hand, by name; null for one that follows from imported records. */
    givenBy: z.nullable(z.string()),
    /** What they typed as a reason; null for whoever may not open entries of the log. */
    reason: z.nullable(z.string()),
    trusted: z.boolean(),
    /** Counted once, and was taken back by a correction. */
    withdrawn: z.boolean(),
    ended: z.boolean(),
  }),
)

export const findCandidatesInput = z.strictObject({ patientId, text: searchText })
/** Roles by their titles. */
export const findCandidatesOutput = z.array(
  z.strictObject({ id, displayName: z.string(), roles: z.array(z.string()) }),
)

export const addToCareTeamInput = z.strictObject({
  patientId,
  userId,
  /** Left out, it ends after `CARE_DAYS.unlessTold`; never later than after `CARE_DAYS.atMost`. */
  endsAt: z.optional(until),
  reason,
})
export const addToCareTeamOutput = z.strictObject({ id, endsAt: instant })

export const endCareRelationshipInput = z.strictObject({ patientId, id, reason })
export const endCareRelationshipOutput = done

export type ListCareTeamInput = z.output<typeof listCareTeamInput>
export type ListCareTeamOutput = z.output<typeof listCareTeamOutput>
export type FindCandidatesInput = z.output<typeof findCandidatesInput>
export type FindCandidatesOutput = z.output<typeof findCandidatesOutput>
export type AddToCareTeamInput = z.output<typeof addToCareTeamInput>
export type AddToCareTeamOutput = z.output<typeof addToCareTeamOutput>
export type EndCareRelationshipInput = z.output<typeof endCareRelationshipInput>
export type EndCareRelationshipOutput = z.output<typeof endCareRelationshipOutput>
