import type { ResourceType } from '@chartward/policy'
import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'
import { reasonSchema } from '../users/schemas.ts'
import { RELEASABLE_TYPES } from './build/scope.ts'

export const requestSchema = z.strictObject({
  purpose: z.string().trim().min(10).max(1000),
  types: z
    .array(z.enum<ResourceType[]>([...RELEASABLE_TYPES]))
    .min(1)
    .max(RELEASABLE_TYPES.length),
  asOf: z.iso
    .datetime({ offset: true })
    .or(z.iso.date())
    .transform((text) => new Date(text))
    .optional(),
})

export const oneSchema = z.strictObject({ id: idSchema })

/**
 * An approval says in so many words that the officer knows of nothing by which the released could still identify anybody, alone or
 * with other information: 45 CFR 164.514(b)(2)(ii).
 */
export const approveSchema = z.strictObject({
  id: idSchema,
  reason: reasonSchema,
  attestation: z.literal(true),
})

export const rejectSchema = z.strictObject({ id: idSchema, reason: reasonSchema })
