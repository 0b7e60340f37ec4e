import * as z from 'zod/mini'
import { displayName, done, id, instant, newEmail, patientId, person, reason } from './forms.ts'
import { lastMail } from './users.ts'

/** Accounts of patients: asked for by one person, decided by another. */

/** What is asked for, and waits for a second person. */
const asked = z.strictObject({
  approvalId: id,
  by: person,
  /** How whoever asks has made sure who the patient is. */
  reason: z.string(),
  at: instant,
  expiresAt: instant,
  mine: z.boolean(),
})

export const getPatientAccountInput = z.strictObject({ patientId })
export const getPatientAccountOutput = z.discriminatedUnion('state', [
  /** There is none, and there was none or it has ended. */
  z.strictObject({ state: z.literal('none'), endedAt: z.nullable(instant) }),
  z.strictObject({
    state: z.literal('requested'),
    displayName: z.string(),
    email: z.string(),
    asked,
  }),
  z.strictObject({
    /** Not taken over yet, or in use. */
    state: z.enum(['invited', 'active']),
    displayName: z.string(),
    email: z.string(),
    openedAt: instant,
    /** When the patient was last seen in it. */
    lastSeenAt: z.nullable(instant),
    /** Until when the invitation counts; null where there is none to be used. */
    invitedUntil: z.nullable(instant),
    mail: z.nullable(lastMail),
    /** Whether the reader is who asked for it. */
    mine: z.boolean(),
  }),
])

/** `reason` is how whoever asks has made sure who the patient is. */
export const requestPatientAccountInput = z.strictObject({ patientId, displayName, email: newEmail, reason })
export const requestPatientAccountOutput = z.strictObject({ approvalId: id })

/** `reason` is how the second person has made sure for themselves. */
export const approvePatientAccountInput = z.strictObject({ patientId, approvalId: id, reason })
export const approvePatientAccountOutput = done

export const rejectPatientAccountInput = z.strictObject({ patientId, approvalId: id, reason })
export const rejectPatientAccountOutput = done

export const invitePatientInput = z.strictObject({ patientId })
/** The link is shown once, and null where it was mailed. */
export const invitePatientOutput = z.strictObject({
  invitationUrl: z.nullable(z.string()),
  expiresAt: instant,
})

export const endPatientAccountInput = z.strictObject({ patientId, reason })
export const endPatientAccountOutput = done

export type GetPatientAccountInput = z.output<typeof getPatientAccountInput>
export type GetPatientAccountOutput = z.output<typeof getPatientAccountOutput>
export type RequestPatientAccountInput = z.output<typeof requestPatientAccountInput>
export type RequestPatientAccountOutput = z.output<typeof requestPatientAccountOutput>
export type DecidePatientAccountInput = z.output<typeof approvePatientAccountInput>
export type DecidePatientAccountOutput = z.output<typeof approvePatientAccountOutput>
export type InvitePatientInput = z.output<typeof invitePatientInput>
export type InvitePatientOutput = z.output<typeof invitePatientOutput>
export type EndPatientAccountInput = z.output<typeof endPatientAccountInput>
export type EndPatientAccountOutput = z.output<typeof endPatientAccountOutput>
