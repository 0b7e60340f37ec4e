import * as z from 'zod/mini'
import { count } from './forms.ts'

/** What came of an import, in records, and each reason for what was left out, with how often it was met. */
const imported = {
  /** Of whom something was written. */
  patients: count,
  created: count,
  updated: count,
  unchanged: count,
  rejected: count,
  skipped: count,
  reasons: z.array(z.strictObject({ code: z.string(), count })),
}
export const importUploadFigures = z.strictObject(imported)

/** The same with the first that was not taken: where it stood, and why; never an id or a value. */
export const importUploadReport = z.strictObject({
  ...imported,
  problems: z.array(
    z.strictObject({
      /** From 1; 0 for the file as a whole. */
      line: count,
      entry: z.nullable(z.string()),
      type: z.nullable(z.string()),
      code: z.string(),
      message: z.string(),
    }),
  ),
})

/**
 * What came of a withdrawal: in records, of which the kept are what another import has changed since.
 */
export const withdrawUploadFigures = z.strictObject({
  patients: count,
  withdrawn: count,
  restored: count,
  kept: count,
  careEnded: count,
  /** Entries of the directory that say nothing any more. */
  entries: count,
})

export type ImportUploadReport = z.output<typeof importUploadReport>
export type WithdrawUploadFigures = z.output<typeof withdrawUploadFigures>
