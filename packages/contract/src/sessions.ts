import * as z from 'zod/mini'
import { count, id, instant, limit, nothing, person, reason, sessionId, userId } from './forms.ts'
import { sessionEndReason, sessionStage } from './words.ts'

export const session = z.strictObject({
  id,
  /** How far its sign-in has come: only one that is full reaches anything. */
  stage: sessionStage,
  createdAt: instant,
  lastActiveAt: instant,
  /** When its last factor was given. */
  factorAt: z.nullable(instant),
  /** When it ends if the person does nothing, and when it ends whatever they do. */
  idleExpiresAt: instant,
  expiresAt: instant,
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  /** Null for one that is open. */
  endedAt: z.nullable(instant),
  endReason: z.nullable(sessionEndReason),
  /** Who ended it; null where nobody did: it ran out. */
  endedBy: z.nullable(person),
})

export const listSessionsInput = z.strictObject({
  cursor: z.optional(sessionId),
  limit: z._default(limit, 50),
})
/** The sessions that are open now, newest first. */
export const listSessionsOutput = z.strictObject({
  items: z.array(z.strictObject({ ...session.shape, user: person })),
  nextCursor: z.nullable(id),
  /** How many are open. */
  total: count,
})

/** Some sessions by their ids, or all that are open. */
const MOST_AT_ONCE = 50
const some = z.array(sessionId).check(z.minLength(1), z.maxLength(MOST_AT_ONCE))

export const endSessionsInput = z.strictObject({
  userId,
  sessions: z.union([z.literal('all'), some]),
  reason,
})
const ended = z.strictObject({ ended: count })
export const endSessionsOutput = ended

export const mySessionsInput = nothing
export const mySessionsOutput = z.strictObject({
  /** One's own, newest first; `current` is the one that asks. */
  items: z.array(z.strictObject({ ...session.shape, current: z.boolean() })),
})

export const endMySessionsInput = z.strictObject({ sessions: z.union([z.literal('others'), some]) })
export const endMySessionsOutput = ended

/** The browsers in which one is known, the one used last first; `current` is the one that asks. */
export const myDevicesInput = nothing
export const myDevicesOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      userAgent: z.nullable(z.string()),
      createdAt: instant,
      usedAt: instant,
      expiresAt: instant,
      current: z.boolean(),
    }),
  ),
})

export const forgetDevicesInput = z.strictObject({
  devices: z.array(id).check(z.minLength(1), z.maxLength(MOST_AT_ONCE)),
})
export const forgetDevicesOutput = z.strictObject({ forgotten: count })

export type MyDevicesOutput = z.output<typeof myDevicesOutput>
export type ForgetDevicesInput = z.output<typeof forgetDevicesInput>
export type ForgetDevicesOutput = z.output<typeof forgetDevicesOutput>
export type SessionView = z.output<typeof session>
export type ListSessionsInput = z.output<typeof listSessionsInput>
export type ListSessionsOutput = z.output<typeof listSessionsOutput>
export type EndSessionsInput = z.output<typeof endSessionsInput>
export type EndSessionsOutput = z.output<typeof endSessionsOutput>
export type MySessionsOutput = z.output<typeof mySessionsOutput>
export type EndMySessionsInput = z.output<typeof endMySessionsInput>
export type EndMySessionsOutput = z.output<typeof endMySessionsOutput>
