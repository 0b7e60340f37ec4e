import { isResourceType, type ResourceType } from '@chartward/policy'
import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'

export const resourceTypeSchema = z.custom<ResourceType>(
  (value) => typeof value === 'string' && isResourceType(value),
)

export const recordSchema = z.strictObject({ patientId: idSchema, id: idSchema })

export const recordsSchema = z.strictObject({
  patientId: idSchema,
  type: resourceTypeSchema,
  cursor: idSchema.optional(),
  limit: z.number().int().min(1).max(200).default(50),
})
