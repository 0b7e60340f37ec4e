import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, sessionId, userId, vouched } from './types.ts'

/** What stands in the place of a name in the row of a patient's account: the same for all. */
export const PATIENT_LABEL = 'A patient'

/**
 * One row per account, of the workforce or of a patient. Deactivated, never deleted: the audit log names
 * users for six years. Suspended: locked down, and nobody signs in with it until a second person lifts
 * that. `practitionerId` links to the directory and brings that practitioner's care relationships. The row of
 * a patient's account says nothing of whose it is (`patient_accounts` does, sealed): its `addressKey` is a
 * MAC of the address. No role is assigned to it: a trigger refuses.
 */
export const users = pgTable(
  'users',
  {
    id: userId().primaryKey(),
    kind: text({ enum: ['workforce', 'patient'] })
      .notNull()
      .default('workforce'),
    email: text().notNull(),
    /** What the address is compared by, made by the application: the database's locale decides nothing. */
    addressKey: text().notNull(),
    displayName: text().notNull(),
    status: text({ enum: ['invited', 'active', 'suspended', 'deactivated'] }).notNull(),
    practitionerId: uuid(),
    /** Where in the house somebody works, as the house calls it. */
    department: text(),
    /** Another user, never one who stands below them: the verb walks up, one change at a time. */
    managerId: userId().references((): AnyPgColumn => users.id),
    /** As the house writes it; no two people have the same. */
    employeeNumber: text(),
    createdAt: createdAt(),
    lastSeenAt: instant(),
    deactivatedAt: instant(),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('users_email').on(t.addressKey),
    index('users_practitioner').on(t.practitionerId),
    uniqueIndex('users_employee_number').on(sql`lower(${t.employeeNumber})`),
    index('users_manager').on(t.managerId).where(sql`${t.managerId} is not null`),
    check(
      'users_patient_says_nothing',
      sql`${t.kind} <> 'patient' or (${t.email} = '' and ${t.addressKey} like 'patient/%'
        and ${t.displayName} = ${sql.raw(`'${PATIENT_LABEL}'`)} and ${t.practitionerId} is null and ${t.department} is null
        and ${t.managerId} is null and ${t.employeeNumber} is null)`,
    ),
  ],
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
    /**
     * argon2id, PHC string format, sealed under a system key with whose it is as associated data: the seal is
     * the pepper. The newest row is in force.
     */
    hash: bytea().notNull(),
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

/** Ten at a time, each single-use; only hashes are kept, sealed as those of passwords are. */
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

/**
 * WebAuthn credentials, discoverable and with user verification. `userHandle` is random and the same for all
 * of a person's: an authenticator tells its owner by it and learns nothing else of them. `signCount` is the
 * highest that the authenticator has told.
 */
export const passkeys = pgTable(
  'passkeys',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    credentialId: bytea().notNull(),
    /** As the authenticator gave it, in COSE (RFC 9052). */
    publicKey: bytea().notNull(),
    userHandle: bytea().notNull(),
    signCount: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull(),
    /** Whether the credential can be copied to another device, and whether it has been (BE and BS). */
    backupEligible: boolean().notNull(),
    backedUp: boolean().notNull(),
    /** Sealed: its owner types what they like into it. */
    name: bytea().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
    disabled: boolean().notNull().default(false),
    ...vouched(),
  },
  (t) => [uniqueIndex('passkeys_credential').on(t.credentialId), index('passkeys_user').on(t.userId)],
)

/**
 * What an authenticator is to sign, for some minutes. The row is deleted as it is looked at, so each counts
 * once, whatever came of it. `mac` is over all of it and over a token that the page alone holds: whoever can
 * write rows makes no challenge, and whoever sees what was signed has nothing to send with it.
 */
export const passkeyChallenges = pgTable('passkey_challenges', {
  /** SHA-256 of the page's token, in hex. */
  id: text().primaryKey(),
  purpose: text({ enum: ['register', 'sign-in', 'factor', 'step-up'] }).notNull(),
  /** Null for a sign-in that begins with the passkey. */
  sessionId: sessionId(),
  challenge: bytea().notNull(),
  /** Of a registration alone. */
  userHandle: bytea(),
  expiresAt: instant().notNull(),
  mac: bytea().notNull(),
})

/**
 * That a person who has lost their factor may enrol another, once two administrators have made sure who they
 * are. Nothing is given before `opensAt`; `tokenHash` is a MAC of the link's token, and `sessionId` the one
 * session that has come in by link and password, in which alone the new factor is enrolled.
 */
export const factorResets = pgTable(
  'factor_resets',
  {
    id: id(),
    userId: userId()
      .notNull()
      .references(() => users.id),
    approvalId: uuid().notNull(),
    createdAt: createdAt(),
    opensAt: instant().notNull(),
    expiresAt: instant().notNull(),
    tokenHash: bytea(),
    sessionId: sessionId(),
    usedAt: instant(),
    endedAt: instant(),
    endedBy: userId(),
    ...vouched(),
  },
  (t) => [uniqueIndex('factor_resets_token').on(t.tokenHash), index('factor_resets_user').on(t.userId)],
)
