import { READABLE_CLASSES } from '@chartward/policy'
import * as z from 'zod/mini'
import { count, id, nothing, pendingApproval, reason, roleName, until, userId } from './forms.ts'

const role = z.strictObject({
  name: z.string(),
  title: z.string(),
  privileged: z.boolean(),
  description: z.string(),
})

export const listRolesInput = nothing
export const listRolesOutput = z.array(role)

export const rolePermits = z.strictObject({
  ...role.shape,
  version: z.int(),
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
})
/** Of one role, or of all. */
export const rolePermitsInput = z.strictObject({ role: z.optional(roleName) })
export const rolePermitsOutput = z.array(rolePermits)

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
export type RolePermits = z.output<typeof rolePermits>
export type RolePermitsInput = z.output<typeof rolePermitsInput>
export type RolePermitsOutput = z.output<typeof rolePermitsOutput>
export type AssignRoleInput = z.output<typeof assignRoleInput>
export type AssignRoleOutput = z.output<typeof assignRoleOutput>
export type EndAssignmentInput = z.output<typeof endAssignmentInput>
export type EndAssignmentOutput = z.output<typeof endAssignmentOutput>
