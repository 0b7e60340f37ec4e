import type { Id } from '@chartward/policy'
import * as z from 'zod/mini'
import { addressTrouble } from './address.ts'

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
export const sessionId = idOf<'session'>()

/**
 * What every text of an input is made of: no NUL, which PostgreSQL does not store, and no half of a surrogate
 * pair, which no UTF-8 has.
 */
const characters = z.string().check(
  z.refine((value) => value.isWellFormed() && !value.includes('\0'), {
    params: { says: 'it holds a character that is none.' },
  }),
)

/**
 * A text of so many characters that nobody is shown as somebody's words: a secret, a code, a word of a
 * list.
 */
export const typed = (min: number, max: number) => characters.check(z.minLength(min), z.maxLength(max))

/** Six digits, however they are spaced. */
export const totpCode = z.pipe(
  z.pipe(
    typed(0, 16),
    z.transform((code: string) => code.replace(/\s/g, '')),
  ),
  z.string().check(z.regex(/^\d{6}$/)),
)

/**
 * What makes a text look like another one: controls but for tabs and ends of lines, separators of lines,
 * formats that are not seen (Unicode TR36 section 2.5: directions, zero widths, tags), letters that are
 * blank. Left are the marks that stand before Arabic and Syriac numbers, and joiners within a word of a
 * script that has need of them.
 */
const UNSEEN =
  /(?![\t\n\r])\p{Cc}|[\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]|(?![\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u200C\u200D])\p{Cf}|(?<!(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\p{L}\p{M}])[\u200C\u200D]/u

/** A text of so many characters that others read, those around it cut off. It says what it seems to say. */
export const text = (min: number, max: number) =>
  characters.check(
    z.trim(),
    z.minLength(min),
    z.maxLength(max),
    z.refine((value) => !UNSEEN.test(value), {
      params: { says: 'it holds a character that can not be seen. Type it anew.' },
    }),
  )

/** The same in one line. */
export const line = (min: number, max: number) =>
  text(min, max).check(
    z.refine((value) => !/[\t\n\r]/.test(value), { params: { says: 'it has to be one line.' } }),
  )

/**
 * Why something was done, in the words of whoever did it. Kept as a note beside the audit entry, or with
 * the assignment.
 */
export const reason = text(3, 500)
export const displayName = line(1, 120)
/** The address of a person who is given an account, as they write it: see address.ts. */
export const newEmail = line(0, 254).check((field) => {
  const says = addressTrouble(field.value)
  if (says !== null) field.issues.push({ code: 'custom', input: field.value, params: { says } })
})
/** Where in the house somebody works, as the house calls it. */
export const department = line(1, 80)
/** Of letters and digits alone, so that two spellings are not two people's: compared without case. */
export const employeeNumber = typed(1, 32).check(
  z.regex(/^[A-Za-z0-9][A-Za-z0-9./_-]*$/, {
    message: 'letters, digits and . / _ - alone, a letter or digit first.',
  }),
)
/** What somebody types to find a user by: the beginning of a name or of an address. */
export const searchText = typed(0, 100).check(z.trim())
/** The name of a role, which the policy may know or not. */
export const roleName = typed(1, 100)
/** Until when something is to last: whatever `new Date()` understands. */
export const until = z.pipe(z.union([z.date(), typed(1, 64)]), z.coerce.date<Date | string>())
/** How many items a page has. */
export const limit = z.int().check(z.minimum(1), z.maximum(200))
/** The input of what asks for nothing more. */
export const nothing = z.optional(z.strictObject({}))

/** The answer of what waits for a second person. */
export const pendingApproval = z.strictObject({ outcome: z.literal('pending-approval'), approvalId: id })

/**
 * The answer of what takes long, which `works` follows; `joined` where the same was under way already, and is
 * now this one's too.
 */
export const startedWork = z.strictObject({ workId: id, joined: z.boolean() })

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

/** A list that is never longer than one answer. */
export const list = <T extends z.ZodMiniType>(item: T) => z.strictObject({ items: z.array(item) })

export type StartedWork = z.output<typeof startedWork>
export type PersonName = z.output<typeof person>
export type HeldRole = z.output<typeof heldRole>
