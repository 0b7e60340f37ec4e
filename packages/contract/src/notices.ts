import * as z from 'zod/mini'
import { id, instant, nothing } from './forms.ts'
import { noticeWord } from './words.ts'

export const myNoticesInput = nothing
export const myNoticesOutput = z.strictObject({
  /** What one was told, newest first: as many as a page shows. */
  items: z.array(
    z.strictObject({
      id,
      word: noticeWord,
      at: instant,
      /** Where it was done from, where that says something. */
      ip: z.nullable(z.string()),
      userAgent: z.nullable(z.string()),
      /** The title of the role that it is about. */
      role: z.nullable(z.string()),
    }),
  ),
})

export type NoticeWord = z.output<typeof noticeWord>
export type MyNoticesOutput = z.output<typeof myNoticesOutput>
