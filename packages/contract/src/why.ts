import { ALL_PERMISSIONS, type FieldPath, isFieldPath, READABLE_CLASSES } from '@chartward/policy'
import * as z from 'zod/mini'
import { count, id, instant, patientId, person, until, userId } from './forms.ts'
import { careKind, userStatus } from './words.ts'

const permission = z.enum(ALL_PERMISSIONS)
const asked = {
  userId,
  permission,
  /** As of when; now where nothing is said. */
  asOf: z.optional(until),
}

/** Why somebody may, or may not, do what is about no patient. */
export const whyInput = z.strictObject(asked)
/** The same of what is about one patient. */
export const whyPatientInput = z.strictObject({ ...asked, patientId })

/** An assignment of the role by whose statement it was decided. */
const byAssignment = z.strictObject({
  id,
  startsAt: instant,
  endsAt: z.nullable(instant),
  /** Null where the installation itself gave it. */
  grantedBy: z.nullable(person),
  /** The second person; null where it took none. */
  approvedBy: z.nullable(person),
  reason: z.string(),
})

/** A care relationship that was in force. */
const byRelationship = z.strictObject({
  kind: careKind,
  startsAt: instant,
  endsAt: z.nullable(instant),
  /** Told by the records of a trusted source, or set by somebody. */
  origin: z.enum(['records', 'by-hand']),
  givenBy: z.nullable(person),
})

/** By which policy it was decided, and which one was in force then; null where the log does not tell. */
const policy = z.strictObject({ decidedBy: z.string(), inForceThen: z.nullable(z.string()) })

/** What an account was at a moment; `none` before it was made. */
export const accountThen = z.enum([...userStatus.options, 'none'])
const effect = z.enum(['allow', 'deny', 'needs-break-glass'])

export const whyOutput = z.strictObject({
  at: instant,
  person,
  account: accountThen,
  effect,
  /** In a sentence. */
  reason: z.string(),
  what: z.string(),
  /** Where it is allowed for no patient in particular: of whom at most; null where it is about none. */
  patients: z.nullable(z.enum(['care', 'self', 'all'])),
  /** Whether a fresh factor is asked for each time. */
  stepUp: z.boolean(),
  /** The statement that decided; `role` is null for what is in force for everyone. */
  statement: z.nullable(
    z.strictObject({
      id: z.string(),
      role: z.nullable(z.strictObject({ name: z.string(), title: z.string(), version: z.int() })),
    }),
  ),
  assignments: z.array(byAssignment),
  relationship: z.nullable(byRelationship),
  /** Whether it is the person's own record. */
  own: z.boolean(),
  /** Whether it rests on having broken the glass. */
  brokeGlass: z.boolean(),
  /** Of a patient's records, how many fields of each class are shown by it. */
  sees: z.array(
    z.strictObject({ fieldClass: z.enum(READABLE_CLASSES), clear: count, masked: count, of: count }),
  ),
  policy,
})
export const whyPatientOutput = z.strictObject(whyOutput.shape)

/** Who can see one field of one patient. */
export const readersInput = z.strictObject({
  patientId,
  field: z.custom<FieldPath>((value) => typeof value === 'string' && isFieldPath(value)),
  asOf: z.optional(until),
})
export const readersOutput = z.strictObject({
  at: instant,
  readers: z.array(
    z.strictObject({
      person,
      /** As it is, of it the part that the role needs, or as a mask. */
      grant: z.enum(['clear', 'partly', 'masked']),
      statement: z.string(),
      role: z.string(),
      relationship: z.nullable(byRelationship),
      own: z.boolean(),
      brokeGlass: z.boolean(),
    }),
  ),
  /** How many could see it by breaking the glass, and have not. */
  byBreakGlass: count,
  policy,
})

export type WhyInput = z.output<typeof whyInput>
export type WhyPatientInput = z.output<typeof whyPatientInput>
export type WhyOutput = z.output<typeof whyOutput>
export type ReadersInput = z.output<typeof readersInput>
export type ReadersOutput = z.output<typeof readersOutput>
export type AccountThen = z.output<typeof accountThen>
