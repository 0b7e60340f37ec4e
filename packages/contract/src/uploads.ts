import * as z from 'zod/mini'
import { count, id, instant, list, nothing, person, reason, startedWork, typed } from './forms.ts'
import { importUploadReport, withdrawUploadFigures } from './upload-results.ts'
import { workState } from './works.ts'

/** What people call the system that a file is from: ids of one are not those of another. */
export const uploadSourceName = typed(1, 40).check(
  z.regex(/^[a-z0-9][a-z0-9-]*$/, {
    message: 'lower-case letters, digits and dashes, a letter or digit first.',
  }),
)

/** What an upload may be called to be: what the request's content type says. */
export const UPLOAD_TYPES = ['application/fhir+json', 'application/fhir+ndjson', 'application/gzip'] as const

/** What one upload may have, in bytes as they are sent. */
export const MOST_UPLOAD_BYTES = 512 * 1024 * 1024

/** What the route of uploads answers. */
export const uploadedOutput = z.strictObject({ id, workId: id })

const workOfUpload = z.nullable(z.strictObject({ workId: id, state: workState }))

const upload = {
  id,
  source: z.string(),
  bytes: count,
  /** Of the file as it was sent, in hexadecimal. */
  sha256: z.string(),
  uploadedBy: person,
  uploadedAt: instant,
  mine: z.boolean(),
  /** Of how many patients it has written something, also where its import was cancelled. */
  patients: count,
  import: workOfUpload,
  withdrawal: workOfUpload,
  mayWithdraw: z.boolean(),
}

export const listUploadsInput = nothing
export const listUploadsOutput = list(z.strictObject(upload))

export const getUploadInput = z.strictObject({ id })
export const getUploadOutput = z.strictObject({
  ...upload,
  /** What came of its import; null before its end, and where that was none. */
  report: z.nullable(importUploadReport),
  withdrawn: z.nullable(withdrawUploadFigures),
})

export const withdrawUploadInput = z.strictObject({ id, reason })
export const withdrawUploadOutput = startedWork

export type UploadedOutput = z.output<typeof uploadedOutput>
export type ListUploadsOutput = z.output<typeof listUploadsOutput>
export type GetUploadInput = z.output<typeof getUploadInput>
export type GetUploadOutput = z.output<typeof getUploadOutput>
export type WithdrawUploadInput = z.output<typeof withdrawUploadInput>
export type WithdrawUploadOutput = z.output<typeof withdrawUploadOutput>
