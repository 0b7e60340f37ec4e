import * as z from 'zod/mini'
import { entryId, instant, limit, nothing } from './forms.ts'
import { rolePermits } from './roles.ts'
import { outcome } from './words.ts'

export const mySignInsInput = z.strictObject({
  cursor: z.optional(entryId),
  limit: z._default(limit, 20),
})
/** What was done to get into one's own account, newest first: what failed too, and what strangers tried. */
export const mySignInsOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      at: instant,
      action: z.string(),
      outcome,
      /** Why it came to nothing, as a code. */
      reason: z.nullable(z.string()),
      ip: z.nullable(z.string()),
      userAgent: z.nullable(z.string()),
      /** Whether it was done in the session that asks. */
      current: z.boolean(),
    }),
  ),
  nextCursor: z.nullable(z.string()),
})

export const myRolesInput = nothing
/** What each role in force permits. */
export const myRolesOutput = z.array(rolePermits)

export type MySignInsInput = z.output<typeof mySignInsInput>
export type MySignInsOutput = z.output<typeof mySignInsOutput>
export type MyRolesOutput = z.output<typeof myRolesOutput>
