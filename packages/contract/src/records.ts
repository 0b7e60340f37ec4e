import { isResourceType, type ResourceType } from '@chartward/policy'
import * as z from 'zod/mini'
import { id, instant, limit, page, patientId, recordId } from './forms.ts'
import { areFieldsOf, values } from './values.ts'

const resourceType = z.custom<ResourceType>((value) => typeof value === 'string' && isResourceType(value))

/** A record as its reader may see it. */
const record = z
  .strictObject({
    id,
    type: resourceType,
    version: z.int().check(z.positive()),
    authoredAt: instant,
    values,
    untrusted: z.boolean(),
  })
  .check(z.refine(({ type, values }) => areFieldsOf(type, values), { path: ['values'] }))

export const getRecordInput = z.strictObject({ patientId, id: recordId })
export const getRecordOutput = record

export const listRecordsInput = z.strictObject({
  patientId,
  type: resourceType,
  cursor: z.optional(recordId),
  limit: z._default(limit, 50),
})
export const listRecordsOutput = page(record)

export type GetRecordInput = z.output<typeof getRecordInput>
export type GetRecordOutput = z.output<typeof getRecordOutput>
export type ListRecordsInput = z.output<typeof listRecordsInput>
export type ListRecordsOutput = z.output<typeof listRecordsOutput>
