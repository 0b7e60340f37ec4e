import * as z from 'zod/mini'
import { listAccessesOutput } from './accesses.ts'
import { count, done, id, instant, list, nothing, patientId, person, reason, text, typed } from './forms.ts'

/** For how many minutes the glass stays broken: unless told, and what may be told. */
export const BREAK_GLASS_MINUTES = { unlessTold: 60, atLeast: 5, atMost: 240 } as const
/**
 * As many people as a search in an emergency shows. More than these are told to be too many, and not shown.
 */
export const MOST_FOUND_IN_EMERGENCY = 3

/** Why the glass is broken; the person says more in words of their own. */
export const breakGlassCause = z.enum(['emergency', 'on-call', 'arrived', 'asked', 'other'])
export const breakGlassEnd = z.enum(['holder', 'reviewer', 'lockdown', 'deactivated', 'role-ended'])
export const breakGlassVerdict = z.enum(['appropriate', 'not-appropriate', 'follow-up'])

const words = typed(1, 100).check(z.trim(), z.minLength(1))

/** Whoever is found has to fit all that is given. */
export const searchInEmergencyInput = z
  .strictObject({
    /** The whole medical record number. */
    mrn: z.optional(words),
    /** The whole name, with given and family name, and the day of birth. */
    name: z.optional(words),
    birthDate: z.optional(
      typed(10, 10).check(
        z.refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)), {
          params: { says: 'choose the day of birth.' },
        }),
      ),
    ),
  })
  .check(
    z.refine(({ mrn, name }) => mrn !== undefined || name !== undefined, {
      path: ['mrn'],
      params: { says: 'type the whole MRN, or the full name with the day of birth.' },
    }),
    z.refine(
      ({ mrn, name, birthDate }) => mrn !== undefined || name === undefined || birthDate !== undefined,
      {
        path: ['birthDate'],
        params: { says: 'a name is looked for together with the day of birth.' },
      },
    ),
  )
export const searchInEmergencyOutput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        patientId: id,
        /** As it is written, or put together of its parts. */
        name: z.string(),
        birthYear: z.nullable(z.string().check(z.regex(/^\d{4}$/))),
        /** The administrative gender that the record says, as FHIR words it. */
        sex: z.nullable(z.string()),
      }),
    )
    .check(z.maxLength(MOST_FOUND_IN_EMERGENCY)),
  /** More fit than may be shown: none is. */
  tooMany: z.boolean(),
})

export const openBreakGlassInput = z.strictObject({ patientId, cause: breakGlassCause, reason })
export const openBreakGlassOutput = z.strictObject({ id, endsAt: instant })

/** One's own. */
export const endOwnBreakGlassInput = z.strictObject({ id })
export const endOwnBreakGlassOutput = done

const review = z.strictObject({
  verdict: breakGlassVerdict,
  note: z.nullable(z.string()),
  by: z.nullable(person),
  at: instant,
})

const use = {
  id,
  patientId: id,
  cause: breakGlassCause,
  startsAt: instant,
  /** When it ended or will end. */
  endsAt: instant,
  open: z.boolean(),
  /** Who or what ended it before its time. */
  endedEarly: z.nullable(breakGlassEnd),
  verdict: z.nullable(breakGlassVerdict),
}

export const listOwnBreakGlassInput = nothing
/** The latest first. What a reviewer wrote stays with those who review. */
export const listOwnBreakGlassOutput = list(z.strictObject({ ...use, reviewedAt: z.nullable(instant) }))

export const breakGlassState = z.enum(['waiting', 'reviewed'])
export const listBreakGlassInput = z.strictObject({ state: z.optional(breakGlassState) })
export const listBreakGlassOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      ...use,
      by: person,
      /** It is the reader's own, or cannot be reviewed by them. */
      mine: z.boolean(),
      /** How often more people have been told that it waits. */
      escalated: count,
      reviewedBy: z.nullable(person),
    }),
  ),
  /** There are earlier ones than those listed. */
  cut: z.boolean(),
})

export const getBreakGlassInput = z.strictObject({ id })
export const getBreakGlassOutput = z.strictObject({
  ...use,
  by: person,
  mine: z.boolean(),
  /** What was typed when the glass was broken. */
  reason: z.string(),
  endedBy: z.nullable(person),
  review: z.nullable(review),
  /** What was shown by it, and what was refused meanwhile, newest first. */
  accesses: listAccessesOutput.shape.items,
  /** There were more accesses than are listed. */
  cut: z.boolean(),
})

/** Somebody else's. */
export const endBreakGlassInput = z.strictObject({ id, reason })
export const endBreakGlassOutput = done

export const reviewBreakGlassInput = z.strictObject({
  id,
  verdict: breakGlassVerdict,
  note: text(3, 2000),
})
export const reviewBreakGlassOutput = done

export type BreakGlassCause = z.output<typeof breakGlassCause>
export type BreakGlassVerdict = z.output<typeof breakGlassVerdict>
export type SearchInEmergencyInput = z.output<typeof searchInEmergencyInput>
export type SearchInEmergencyOutput = z.output<typeof searchInEmergencyOutput>
export type OpenBreakGlassInput = z.output<typeof openBreakGlassInput>
export type OpenBreakGlassOutput = z.output<typeof openBreakGlassOutput>
export type EndOwnBreakGlassInput = z.output<typeof endOwnBreakGlassInput>
export type EndOwnBreakGlassOutput = z.output<typeof endOwnBreakGlassOutput>
export type ListOwnBreakGlassOutput = z.output<typeof listOwnBreakGlassOutput>
export type ListBreakGlassInput = z.output<typeof listBreakGlassInput>
export type ListBreakGlassOutput = z.output<typeof listBreakGlassOutput>
export type GetBreakGlassInput = z.output<typeof getBreakGlassInput>
export type GetBreakGlassOutput = z.output<typeof getBreakGlassOutput>
export type EndBreakGlassInput = z.output<typeof endBreakGlassInput>
export type EndBreakGlassOutput = z.output<typeof endBreakGlassOutput>
export type ReviewBreakGlassInput = z.output<typeof reviewBreakGlassInput>
export type ReviewBreakGlassOutput = z.output<typeof reviewBreakGlassOutput>
