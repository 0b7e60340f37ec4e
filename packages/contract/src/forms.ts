import type { Id } from '@chartward/policy'
import * as z from 'zod/mini'

/** A UUID, in lower case however it was written. */
export const id = z.guid().check(z.toLowerCase())

/**
 * An id of one kind of thing: a text on the wire, refused as any other id is, and its kind's from then on.
 */
const idOf = <Of extends string>() => z.pipe(id, z.custom<Id<Of>, string>())

export const patientId = idOf<'patient'>()
export const userId = idOf<'user'>()
export const recordId = idOf<'record'>()
export const entryId = idOf<'entry'>()

/** A text of so many characters, those around it cut off. */
export const text = (min: number, max: number) =>
  z.string().check(z.trim(), z.minLength(min), z.maxLength(max))

/**
 * Why something was done, in the words of whoever did it. Kept as a note beside the audit entry, or with
 * the assignment.
 */
export const reason = text(3, 500)
export const displayName = text(1, 120)
export const newEmail = z.pipe(z.string().check(z.trim(), z.maxLength(254)), z.email())
/** What somebody types to find a user by: the beginning of a name or of an address. */
export const searchText = text(0, 100)
/** The name of a role, which the policy may know or not. */
export const roleName = z.string().check(z.minLength(1), z.maxLength(100))
/** Until when something is to last: whatever `new Date()` understands. */
export const until = z.coerce.date<Date | string>()
/** How many items a page has. */
export const limit = z.int().check(z.minimum(1), z.maximum(200))
/** The input of what asks for nothing more. */
export const nothing = z.optional(z.strictObject({}))

/** The answer of what waits for a second person. */
export const pendingApproval = z.strictObject({ outcome: z.literal('pending-approval'), approvalId: id })

/** The answer of what is done and has nothing to tell. */
export const done = z.strictObject({})
/**
 * A moment as `toISOString()` writes it, in the years of six digits too that a date may have (ECMA-262
 * section 21.4.1.32).
 */
export const instant = z.string().check(z.regex(/^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))
export const count = z.int().check(z.nonnegative())
export const person = z.strictObject({ id, displayName: z.string() })
export const heldRole = z.strictObject({
  role: z.string(),
  title: z.string(),
  endsAt: z.nullable(instant),
})

/** A page of a list, and where the next one begins; null on the last. */
export const page = <T extends z.ZodMiniType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.nullable(id) })

/** A list that is never longer than one answer. */
export const list = <T extends z.ZodMiniType>(item: T) => z.strictObject({ items: z.array(item) })

export type PersonName = z.output<typeof person>
export type HeldRole = z.output<typeof heldRole>
