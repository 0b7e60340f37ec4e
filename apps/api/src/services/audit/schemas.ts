import { type Action, isAction } from '@chartward/audit'
import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'

export const nothing = z.strictObject({}).optional()
export const entrySchema = z.strictObject({ id: idSchema })

/** The text is kept beside the date, which has no microseconds. */
const instant = z.iso.datetime({ offset: true }).transform((text) => ({ text, date: new Date(text) }))
const action = z.custom<Action>(isAction)
const outcome = z.enum(['success', 'failure', 'refused'])
/** A user's id, or the name of a service or a part of the system. */
const actorId = z.string().trim().min(1).max(64)

export const searchSchema = z.strictObject({
  /** Inclusive. */
  from: instant.optional(),
  /** Exclusive. */
  to: instant.optional(),
  actorId: actorId.optional(),
  patientId: idSchema.optional(),
  action: action.optional(),
  outcome: outcome.optional(),
  resourceType: z.string().trim().min(1).max(64).optional(),
  requestId: idSchema.optional(),
  cursor: idSchema.optional(),
  limit: z.number().int().min(1).max(200).default(50),
})

const size = z.number().int().min(1)
export const consistencySchema = z
  .strictObject({ from: size, to: size })
  .refine(({ from, to }) => from <= to, { path: ['to'] })

export const histogramSchema = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  bucket: z.enum(['hour', 'day']),
  actorId: actorId.optional(),
  action: action.optional(),
  outcome: outcome.optional(),
})
