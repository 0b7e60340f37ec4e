import * as z from 'zod/mini'
import { factorsShown } from './factors.ts'
import {
  count,
  displayName,
  heldRole,
  id,
  instant,
  limit,
  newEmail,
  pendingApproval,
  person,
  reason,
  roleName,
  searchText,
  typed,
  until,
  userId,
} from './forms.ts'
import { assignRoleOutput } from './roles.ts'
import { session } from './sessions.ts'
import {
  approvalKind,
  factorState,
  mailFailure,
  mailKind,
  mailState,
  seenState,
  userOrder,
  userStatus,
} from './words.ts'

export const listUsersInput = z.strictObject({
  status: z.optional(userStatus),
  role: z.optional(typed(0, 100)),
  factor: z.optional(factorState),
  seen: z.optional(seenState),
  department: z.optional(typed(0, 80)),
  /** Who stands directly under them. */
  manager: z.optional(userId),
  /** Newest first where nothing is said. */
  sort: z.optional(userOrder),
  text: z.optional(searchText),
  cursor: z.optional(userId),
  limit: z.optional(limit),
})
export const listUsersOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      email: z.string(),
      displayName: z.string(),
      status: userStatus,
      roles: z.array(heldRole),
      department: z.nullable(z.string()),
      manager: z.nullable(person),
      employeeNumber: z.nullable(z.string()),
      mfa: z.boolean(),
      lastSeenAt: z.nullable(instant),
      createdAt: instant,
    }),
  ),
  nextCursor: z.nullable(id),
  /** How many fit all filters. */
  total: count,
  /** How many of each there would be if a filter said so, with the other filters as they are. */
  counts: z.strictObject({
    status: z.record(z.string(), count),
    role: z.record(z.string(), count),
    factor: z.record(z.string(), count),
    seen: z.record(z.string(), count),
    department: z.record(z.string(), count),
  }),
})

/** The newest mail with a link that went to somebody, and what became of it. */
export const lastMail = z.strictObject({
  kind: mailKind,
  state: mailState,
  failure: z.nullable(mailFailure),
  at: instant,
})

export const getUserInput = z.strictObject({ id: userId })
export const getUserOutput = z.strictObject({
  id,
  email: z.string(),
  displayName: z.string(),
  status: userStatus,
  createdAt: instant,
  lastSeenAt: z.nullable(instant),
  department: z.nullable(z.string()),
  manager: z.nullable(person),
  employeeNumber: z.nullable(z.string()),
  practitioner: z.nullable(z.strictObject({ id, name: z.string(), npi: z.nullable(z.string()) })),
  mfa: z.boolean(),
  factors: factorsShown,
  assignments: z.array(
    z.strictObject({
      id,
      role: z.string(),
      title: z.string(),
      reason: z.string(),
      grantedBy: z.nullable(person),
      startsAt: instant,
      endsAt: z.nullable(instant),
      ended: z.boolean(),
      endReason: z.nullable(z.string()),
      approvalId: z.nullable(id),
    }),
  ),
  pending: z.array(
    z.strictObject({
      approvalId: id,
      kind: approvalKind,
      /** What happens where it is approved, in a line. */
      detail: z.string(),
      reason: z.string(),
      requestedBy: person,
      createdAt: instant,
      expiresAt: instant,
    }),
  ),
  /** The newest of them. */
  sessions: z.array(session),
  invitation: z.nullable(z.strictObject({ expiresAt: instant })),
  /** The newest mail to them that was to do something, and what became of it. */
  mail: z.nullable(lastMail),
})

/**
 * The link is shown once, in this answer, and the entry says to whom: whoever has it can take the account
 * over until it is used. Null where it was mailed: then nobody is shown it.
 */
const invitation = z.strictObject({ id, invitationUrl: z.nullable(z.string()), expiresAt: instant })

export const inviteUserInput = z
  .strictObject({
    email: newEmail,
    displayName,
    /** A role that is asked for in the same act, why, and until when. */
    role: z.optional(roleName),
    reason: z.optional(reason),
    endsAt: z.optional(until),
  })
  .check((given) => {
    const { role, reason: why, endsAt } = given.value
    const missing = (path: 'role' | 'reason') =>
      given.issues.push({ code: 'custom', input: undefined, path: [path] })
    // A role is given for a reason; a reason and an end are those of a role.
    if (role !== undefined && why === undefined) missing('reason')
    if (role === undefined && (why !== undefined || endsAt !== undefined)) missing('role')
  })
export const inviteUserOutput = z.strictObject({
  ...invitation.shape,
  /** What has become of the role; null where none was asked for. */
  role: z.nullable(assignRoleOutput),
})

export const reinviteUserInput = z.strictObject({ id: userId })
export const reinviteUserOutput = invitation

export const deactivateUserInput = z.strictObject({ id: userId, reason })
export const deactivateUserOutput = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('deactivated') }),
  pendingApproval,
])

export const reactivateUserInput = z.strictObject({ userId, reason })
export const reactivateUserOutput = pendingApproval

export const lockDownUserInput = z.strictObject({ userId, reason })
export const lockDownUserOutput = z.discriminatedUnion('outcome', [
  /** Done; `approvalId` is what somebody else confirms or lifts. */
  z.strictObject({ outcome: z.literal('locked-down'), approvalId: id }),
  pendingApproval,
])

/** A link that was mailed, or is shown once for want of mail. */
const mailed = z.strictObject({ outcome: z.literal('mailed'), expiresAt: instant })
const link = z.strictObject({ outcome: z.literal('link'), url: z.string(), expiresAt: instant })
const changed = z.strictObject({ outcome: z.literal('changed') })

export const sendResetInput = z.strictObject({ userId, reason })
export const sendResetOutput = z.discriminatedUnion('outcome', [mailed, link, pendingApproval])

export const renameUserInput = z.strictObject({ userId, displayName, reason })
export const renameUserOutput = z.discriminatedUnion('outcome', [changed, pendingApproval])

export const changeAddressInput = z.strictObject({ userId, email: newEmail, reason })
export const changeAddressOutput = z.discriminatedUnion('outcome', [changed, mailed, link, pendingApproval])
const MOST_PEOPLE = 500
/** Each once, and one at least. */
const people = z.tuple([userId], userId).check(
  z.maxLength(MOST_PEOPLE),
  z.refine((ids) => new Set(ids).size === ids.length, 'Each person once.'),
)
export const lockDownUsersInput = z.strictObject({ userIds: people, reason })
/** The work that locks them down, one after the other. */
export const lockDownUsersOutput = z.strictObject({ workId: id })

const npi = z.pipe(
  z.pipe(
    typed(0, 100),
    z.transform((digits: string) => digits.replace(/\s/g, '')),
  ),
  z.string().check(z.regex(/^\d{1,10}$/)),
)
export const requestPractitionerLinkInput = z.strictObject({ userId, npi, reason })
export const requestPractitionerLinkOutput = z.strictObject({
  approvalId: id,
  practitioner: z.strictObject({ id, name: z.string() }),
})

export type ListUsersInput = z.output<typeof listUsersInput>
export type ListUsersOutput = z.output<typeof listUsersOutput>
export type GetUserInput = z.output<typeof getUserInput>
export type GetUserOutput = z.output<typeof getUserOutput>
export type InviteUserInput = z.output<typeof inviteUserInput>
export type InviteUserOutput = z.output<typeof inviteUserOutput>
export type ReinviteUserInput = z.output<typeof reinviteUserInput>
export type ReinviteUserOutput = z.output<typeof reinviteUserOutput>
export type ReactivateUserInput = z.output<typeof reactivateUserInput>
export type ReactivateUserOutput = z.output<typeof reactivateUserOutput>
export type LockDownUserInput = z.output<typeof lockDownUserInput>
export type LockDownUsersInput = z.output<typeof lockDownUsersInput>
export type LockDownUsersOutput = z.output<typeof lockDownUsersOutput>
export type LockDownUserOutput = z.output<typeof lockDownUserOutput>
export type SendResetInput = z.output<typeof sendResetInput>
export type SendResetOutput = z.output<typeof sendResetOutput>
export type RenameUserInput = z.output<typeof renameUserInput>
export type RenameUserOutput = z.output<typeof renameUserOutput>
export type ChangeAddressInput = z.output<typeof changeAddressInput>
export type ChangeAddressOutput = z.output<typeof changeAddressOutput>
export type DeactivateUserInput = z.output<typeof deactivateUserInput>
export type DeactivateUserOutput = z.output<typeof deactivateUserOutput>
export type RequestPractitionerLinkInput = z.output<typeof requestPractitionerLinkInput>
export type RequestPractitionerLinkOutput = z.output<typeof requestPractitionerLinkOutput>
