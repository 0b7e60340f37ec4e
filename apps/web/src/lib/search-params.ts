import * as z from 'zod/mini'

/**
 * A search parameter that is ignored where it is absent or not well formed: a hand-edited URL still opens its
 * page.
 */
export const maybe = <T extends z.core.$ZodType>(type: T) => z.optional(z.catch(z.optional(type), undefined))

/** A calendar day, YYYY-MM-DD. */
export const calendarDay = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))

/** By which column a table is sorted, with a minus before it for the other direction. */
export const sorting = z.string().check(z.regex(/^-?[A-Za-z][A-Za-z0-9]{0,39}$/))
/** What a measurement is called in LOINC, the public list: digits and a check digit. */
export const LOINC_CODE = /^\d{1,7}-\d$/

export const loincCode = z.string().check(z.regex(LOINC_CODE))

/** A word of one of the API's closed lists, such as an action. */
export const word = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9.-]{0,63}$/))
