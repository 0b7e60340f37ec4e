import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, patientId, userId, vouched } from './types.ts'

/**
 * One row per person of the workforce (or patient with an account). Deactivated, never deleted: the audit log
 * names users for six years. Suspended: locked down, and nobody signs in with it until a second person lifts
 * that. `practitionerId` links to the directory and brings that practitioner's care
 * relationships.
 */
export const users = pgTable(
  'users',
  {
    id: userId().primaryKey(),
    email: text().notNull(),
    /** What the address is compared by, made by the application: the database's locale decides nothing. */
    addressKey: text().notNull(),
    displayName: text().notNull(),
    status: text({ enum: ['invited', 'active', 'suspended', 'deactivated'] }).notNull(),
    practitionerId: uuid(),
    patientId: patientId(),
    createdAt: createdAt(),
    lastSeenAt: instant(),
    deactivatedAt: instant(),
    ...vouched(),
  },
  (t) => [uniqueIndex('users_email').on(t.addressKey), index('users_practitioner').on(t.practitionerId)],
)

/** A single-use link by which a person takes over an account. Only a MAC of the token is kept. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    tokenHash: bytea().notNull(),
    invitedBy: userId(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
    ...vouched(),
  },
  (t) => [uniqueIndex('invitations_token').on(t.tokenHash), index('invitations_user').on(t.userId)],
)

/**
 * A role held by a user between two instants. Rows are never deleted and only gain an end: expiry is
 * enforced when a decision is made, not by a job. A privileged role has `approvalId`, whose requester is
 * not its approver.
 */
export const roleAssignments = pgTable(
  'role_assignments',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    role: text().notNull(),
    /** Of a role that is not built in, the version that it gives, until it is moved to another. */
    roleVersion: integer(),
    /** Sealed, as is `endReason`: people type what they like into it. */
    reason: bytea().notNull(),
    grantedBy: userId(),
    approvalId: uuid(),
    startsAt: instant().notNull(),
    endsAt: instant(),
    endedBy: userId(),
    endReason: bytea(),
    createdAt: createdAt(),
    ...vouched(),
  },
  (t) => [
    index('role_assignments_user').on(t.userId),
    index('role_assignments_custom').on(t.role).where(sql`${t.roleVersion} is not null`),
  ],
)

/** The service accounts and jobs that act without a person are no users: see the audit log's actor union. */
export const passwords = pgTable(
  'passwords',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    /** argon2id, PHC string format, over the password's HMAC under the pepper. The newest row is in force. */
    hash: text().notNull(),
    /** When the password was chosen: a hash of the same one with newer parameters has the same time. */
    createdAt: createdAt(),
    ...vouched(),
  },
  (t) => [index('passwords_user').on(t.userId, t.createdAt)],
)

/**
 * RFC 6238 factors. `lastStep` makes each time step single-use; `secret` is an envelope under a system DEK.
 */
export const totpFactors = pgTable(
  'totp_factors',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    secret: bytea().notNull(),
    lastStep: bigint({ mode: 'number' }),
    createdAt: createdAt(),
    confirmedAt: instant(),
    disabled: boolean().notNull().default(false),
    ...vouched(),
  },
  (t) => [index('totp_factors_user').on(t.userId)],
)

/** Ten per enrolment, each single-use; only hashes are kept. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    hash: bytea().notNull(),
    createdAt: createdAt(),
    usedAt: instant(),
    ...vouched(),
  },
  (t) => [index('recovery_codes_user').on(t.userId)],
)
