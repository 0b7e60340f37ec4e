import { RESOURCE_TYPES, type ResourceType, resourceOf } from '@chartward/policy'
import * as z from 'zod/mini'
import { done, id, instant, list, nothing, person, reason, text } from './forms.ts'
import { exportStatus } from './words.ts'

/**
 * What can be released: records of patients. The directory's entries are of no patient, and all of
 * them is dropped.
 */
export const RELEASABLE_TYPES: readonly ResourceType[] = RESOURCE_TYPES.filter(
  (type) => resourceOf(type).compartment === 'patient',
)

export const requestExportInput = z.strictObject({
  purpose: text(10, 1000),
  types: z.array(z.enum(RELEASABLE_TYPES)).check(z.minLength(1), z.maxLength(RELEASABLE_TYPES.length)),
  asOf: z.optional(
    z.pipe(
      z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
      z.transform((day: string) => new Date(day)),
    ),
  ),
})
export const requestExportOutput = z.strictObject({ id })

const exportRequest = z.strictObject({
  id,
  purpose: z.string(),
  profile: z.enum(['safe-harbor']),
  types: z.array(z.enum(RESOURCE_TYPES)),
  status: exportStatus,
  requestedBy: person,
  createdAt: instant,
  asOf: instant,
  decidedBy: z.nullable(person),
  decidedAt: z.nullable(instant),
  decisionReason: z.nullable(z.string()),
  builtAt: z.nullable(instant),
  expiresAt: z.nullable(instant),
  failure: z.nullable(z.string()),
  /**
   * The release's manifest as its verifier has checked it, with its own format and version; null
   * before there is one.
   */
  manifest: z.unknown(),
  mine: z.boolean(),
})

export const listExportsInput = nothing
export const listExportsOutput = list(exportRequest)

export const getExportInput = z.strictObject({ id })
export const getExportOutput = exportRequest

/**
 * An approval says in so many words that the officer knows of nothing by which the released could still
 * identify anybody, alone or with other information: 45 CFR 164.514(b)(2)(ii).
 */
export const approveExportInput = z.strictObject({ id, reason, attestation: z.literal(true) })
export const approveExportOutput = done

export const rejectExportInput = z.strictObject({ id, reason })
export const rejectExportOutput = done

export type RequestExportInput = z.output<typeof requestExportInput>
export type RequestExportOutput = z.output<typeof requestExportOutput>
export type ListExportsOutput = z.output<typeof listExportsOutput>
export type GetExportInput = z.output<typeof getExportInput>
export type GetExportOutput = z.output<typeof getExportOutput>
export type ApproveExportInput = z.output<typeof approveExportInput>
export type ApproveExportOutput = z.output<typeof approveExportOutput>
export type RejectExportInput = z.output<typeof rejectExportInput>
export type RejectExportOutput = z.output<typeof rejectExportOutput>
