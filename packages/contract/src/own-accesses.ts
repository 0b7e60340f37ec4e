import * as z from 'zod/mini'
import { ACCESS_ACTIONS, accessGround } from './accesses.ts'
import { count, entryId, instant, limit, patientId } from './forms.ts'
import { careKind } from './words.ts'

/** Who saw one's own record: for the patient whose it is. */

const ownAccess = z.strictObject({
  id: entryId,
  at: instant,
  who: z.strictObject({
    /** The patient; somebody who works here; a program of the installation. */
    kind: z.enum(['you', 'staff', 'program']),
    /** The titles of the roles that they held then. */
    roles: z.array(z.string()),
    /** Where the installation tells it: by default patients see roles alone. */
    name: z.nullable(z.string()),
  }),
  action: z.enum(ACCESS_ACTIONS),
  /** How many records were shown, or rows of a list; null where the entry does not say. */
  records: z.nullable(count),
  /** By what they reached the record. */
  ground: accessGround,
  /** The care that they gave then, where it was by such. */
  care: z.nullable(careKind),
})

export const listOwnAccessesInput = z.strictObject({
  patientId,
  cursor: z.optional(entryId),
  limit: z._default(limit, 50),
})
export const listOwnAccessesOutput = z.strictObject({
  items: z.array(ownAccess),
  /** How many of this page are there and can't be read: they are not what was stored. */
  unreadable: count,
  nextCursor: z.nullable(z.string()),
})

export type OwnAccess = z.output<typeof ownAccess>
export type ListOwnAccessesInput = z.output<typeof listOwnAccessesInput>
export type ListOwnAccessesOutput = z.output<typeof listOwnAccessesOutput>
