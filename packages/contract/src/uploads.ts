import * as z from 'zod/mini'
import { count, id, instant, list, nothing, person, reason, startedWork } from './forms.ts'
import { importUploadReport, withdrawUploadFigures } from './upload-results.ts'
import { workState } from './words.ts'

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
  /** Whether somebody has asked that it is trusted, or two people have agreed on it, and since when. */
  trust: z.nullable(z.strictObject({ state: z.enum(['waiting', 'trusted']), since: instant })),
  mayAskTrust: z.boolean(),
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

export const requestUploadTrustInput = z.strictObject({ id, reason })
export const requestUploadTrustOutput = z.strictObject({ approvalId: id })

export type ListUploadsOutput = z.output<typeof listUploadsOutput>
export type GetUploadInput = z.output<typeof getUploadInput>
export type GetUploadOutput = z.output<typeof getUploadOutput>
export type WithdrawUploadInput = z.output<typeof withdrawUploadInput>
export type WithdrawUploadOutput = z.output<typeof withdrawUploadOutput>
export type RequestUploadTrustInput = z.output<typeof requestUploadTrustInput>
export type RequestUploadTrustOutput = z.output<typeof requestUploadTrustOutput>
