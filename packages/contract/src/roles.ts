import * as z from 'zod/mini'
import { id, nothing, pendingApproval, reason, roleName, until, userId } from './forms.ts'

export const listRolesInput = nothing
export const listRolesOutput = z.array(
  z.strictObject({ name: z.string(), title: z.string(), privileged: z.boolean(), description: z.string() }),
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
