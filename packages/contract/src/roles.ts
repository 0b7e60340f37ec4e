import { READABLE_CLASSES } from '@chartward/policy'
import * as z from 'zod/mini'
import { count, id, nothing, pendingApproval, reason, roleName, until, userId } from './forms.ts'

export const listRolesInput = nothing
export const listRolesOutput = z.array(
  z.strictObject({
    name: z.string(),
    title: z.string(),
    privileged: z.boolean(),
    description: z.string(),
    /** What it permits, in words, for which patients at most, and whether a fresh factor is asked for. */
    permits: z.array(
      z.strictObject({
        what: z.string(),
        patients: z.nullable(z.enum(['care', 'self', 'all'])),
        stepUp: z.boolean(),
      }),
    ),
    /** How many fields of patients’ records are shown as they are, and as masks, of all of each class. */
    sees: z.array(
      z.strictObject({ fieldClass: z.enum(READABLE_CLASSES), clear: count, masked: count, of: count }),
    ),
    /** The security labels that it opens, in words. */
    labels: z.array(z.string()),
  }),
)

export const assignRoleInput = z.strictObject({
  userId,
  role: roleName,
  reason,
  endsAt: z.optional(until),
})
export const assignRoleOutput = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('granted'), assignmentId: id }),
  pendingApproval,
])

export const endAssignmentInput = z.strictObject({ assignmentId: id, reason })
export const endAssignmentOutput = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('ended') }),
  pendingApproval,
])

export type ListRolesOutput = z.output<typeof listRolesOutput>
export type AssignRoleInput = z.output<typeof assignRoleInput>
export type AssignRoleOutput = z.output<typeof assignRoleOutput>
export type EndAssignmentInput = z.output<typeof endAssignmentInput>
export type EndAssignmentOutput = z.output<typeof endAssignmentOutput>
