import * as z from 'zod/mini'
import { done, id, instant, list, person, reason } from './forms.ts'
import { approvalKind, approvalStatus } from './words.ts'

export const listApprovalsInput = z.strictObject({ status: z.optional(approvalStatus) })
export const listApprovalsOutput = list(
  z.strictObject({
    id,
    kind: approvalKind,
    /** Whom it is about; who invited them (null: the installation), and whether they have enrolled. */
    subject: z.strictObject({
      id,
      label: z.string(),
      invitedBy: z.nullable(person),
      enrolled: z.boolean(),
    }),
    /** What is signed: in a line, until when, and what the subject may do from then on. */
    detail: z.string(),
    endsAt: z.nullable(instant),
    gives: z.array(z.string()),
    requestedBy: person,
    reason: z.string(),
    status: approvalStatus,
    createdAt: instant,
    expiresAt: instant,
    decidedBy: z.nullable(person),
    mine: z.boolean(),
  }),
)

export const approveInput = z.strictObject({ id, reason: z.optional(reason) })
export const approveOutput = done

export const rejectInput = z.strictObject({ id, reason })
export const rejectOutput = done

export type ListApprovalsInput = z.output<typeof listApprovalsInput>
export type ListApprovalsOutput = z.output<typeof listApprovalsOutput>
export type ApproveInput = z.output<typeof approveInput>
export type ApproveOutput = z.output<typeof approveOutput>
export type RejectInput = z.output<typeof rejectInput>
export type RejectOutput = z.output<typeof rejectOutput>
