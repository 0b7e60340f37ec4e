import * as z from 'zod/mini'
import { roleDifference } from './custom-roles.ts'
import { count, done, id, instant, list, person, reason } from './forms.ts'
import { peopleTerms } from './people.ts'
import { rolePermits } from './roles.ts'
import { approvalKind, approvalStatus, careKind, userStatus } from './words.ts'

export const listApprovalsInput = z.strictObject({ status: z.optional(approvalStatus) })
export const listApprovalsOutput = list(
  z.strictObject({
    id,
    kind: approvalKind,
    /** Whom or what it is about. */
    subject: z.strictObject({ id, label: z.string() }),
    /** What is asked for, in a line. */
    detail: z.string(),
    requestedBy: person,
    reason: z.string(),
    status: approvalStatus,
    createdAt: instant,
    expiresAt: instant,
    decidedBy: z.nullable(person),
    mine: z.boolean(),
  }),
)

/** What it comes to that an upload is trusted: who gains care by it. Counts, and nothing of a patient. */
const uploadTrust = z.strictObject({
  id,
  source: z.string(),
  uploadedBy: person,
  uploadedAt: instant,
  /** Of the file as it was sent, in hexadecimal. */
  sha256: z.string(),
  patients: count,
  gains: z.array(
    z.strictObject({
      person,
      patients: count,
      kinds: z.array(careKind),
      /** When the first of it begins, and when the last ends. */
      from: instant,
      to: instant,
    }),
  ),
  /** How many practitioners it names whom nobody who has enrolled is linked to: nobody gains by them. */
  unlinked: count,
})

/** What a second person puts their name to: all that it rests on, as it stands. */
const terms = z.strictObject({
  id,
  kind: approvalKind,
  /** What comes into force, in a line, and until when. */
  line: z.string(),
  endsAt: z.nullable(instant),
  /**
   * Whom it is about; who invited them (null: the installation), and whether they have enrolled. Null where
   * it is about an upload or about several people.
   */
  subject: z.nullable(
    z.strictObject({
      id,
      displayName: z.string(),
      email: z.string(),
      status: userStatus,
      invitedBy: z.nullable(person),
      enrolled: z.boolean(),
      /** The titles of the roles that they hold already. */
      holds: z.array(z.string()),
    }),
  ),
  upload: z.nullable(uploadTrust),
  /** What becomes of whom, where it is about several people. */
  people: z.nullable(peopleTerms),
  /** What a version of a role would do, and to whom, where it is about one. */
  roleVersion: z.nullable(roleDifference),
  /** The role that they get, in the version that is in force, and all that it permits. */
  role: z.nullable(rolePermits),
  /** Duties that the subject would have and that one person should not. */
  conflicts: z.array(z.string()),
  /** What else follows of it. */
  gives: z.array(z.string()),
  requestedBy: person,
  reason: z.string(),
  createdAt: instant,
  expiresAt: instant,
  /** The audit entry of the request. */
  entryId: z.nullable(z.string()),
})

/** SHA-256 over the canonical JSON (RFC 8785) of the terms, in hex. */
const termsHash = z.string().check(z.regex(/^[0-9a-f]{64}$/))

export const getApprovalInput = z.strictObject({ id })
export const getApprovalOutput = z.strictObject({
  terms,
  hash: termsHash,
  status: approvalStatus,
  mine: z.boolean(),
})

/** `hash` is that of the terms which were looked at: only they are decided on. */
export const approveInput = z.strictObject({ id, hash: termsHash, reason: z.optional(reason) })
export const approveOutput = done

export const rejectInput = z.strictObject({ id, hash: termsHash, reason })
export const rejectOutput = done

export type ListApprovalsInput = z.output<typeof listApprovalsInput>
export type ListApprovalsOutput = z.output<typeof listApprovalsOutput>
export type ApprovalTerms = z.output<typeof terms>
export type GetApprovalInput = z.output<typeof getApprovalInput>
export type GetApprovalOutput = z.output<typeof getApprovalOutput>
export type ApproveInput = z.output<typeof approveInput>
export type ApproveOutput = z.output<typeof approveOutput>
export type RejectInput = z.output<typeof rejectInput>
export type RejectOutput = z.output<typeof rejectOutput>
