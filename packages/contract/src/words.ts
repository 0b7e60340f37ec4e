import * as z from 'zod/mini'

/** The closed lists of words: what a record of the database can be, and what a list can be asked for by. */

/** What an account is: that of somebody who works here, or a patient's own. */
export const accountKind = z.enum(['workforce', 'patient'])
export const userStatus = z.enum(['invited', 'active', 'suspended', 'deactivated'])
/** Whether a second factor is enrolled, and whether somebody has ever signed in. */
export const factorState = z.enum(['enrolled', 'missing'])
export const seenState = z.enum(['ever', 'never'])
/** How a list of users is ordered, with a minus the other way round. The never seen come last in both. */
export const userOrder = z.enum([
  ...(['joined', '-joined', 'user', '-user', 'status', '-status'] as const),
  ...(['roles', '-roles', 'mfa', '-mfa', 'seen', '-seen', 'department', '-department'] as const),
])
export const sessionStage = z.enum(['enrol', 'factor', 'full'])
export const sessionEndReason = z.enum([
  'sign-out',
  'replaced',
  'expired',
  'renewed',
  'role-change',
  'deactivated',
  'lockdown',
  'ended-by-administrator',
  'ended-by-owner',
  'password-reset',
])
/** What a person is told of their own account: what somebody did to it, or did with it. */
export const noticeWord = z.enum([
  'password-changed',
  'password-reset-sent',
  'password-reset',
  'name-changed',
  'address-change-asked',
  'address-changed',
  'recovery-code-used',
  'factor-added',
  'factor-removed',
  'recovery-codes-renewed',
  'passkey-suspected',
  'lost-factor-agreed',
  'lost-factor-called-off',
  'new-device',
  'lockout',
  'authenticator-refused',
  'sessions-ended',
  'locked-down',
  'role-given',
  'role-ended',
  'break-glass-opened',
  'break-glass-waiting',
  'break-glass-ended',
  'break-glass-reviewed',
  'cover-given',
  'cover-ended',
  'role-changed',
])
export const mailKind = z.enum(['invitation', 'password-reset', 'address'])
export const mailState = z.enum(['waiting', 'sent', 'undeliverable'])
export const mailFailure = z.enum(['address-refused', 'refused', 'expired', 'gave-up'])
export const approvalKind = z.enum([
  'role-assignment',
  'role-end',
  'practitioner-link',
  'deactivation',
  'reactivation',
  'lockdown',
  'password-reset',
  'identity-change',
  'lost-factor',
  'export',
  'upload-trust',
  'people-change',
  'role-version',
  'patient-account',
  'shred',
  'hold-lift',
])
/** How far long work is. */
export const workState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])
/** How a browser reaches an authenticator (WebAuthn level 3, section 5.8.4). */
export const passkeyTransport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])
export const approvalStatus = z.enum(['pending', 'approved', 'rejected', 'expired'])
export const careKind = z.enum(['encounter', 'appointment', 'referral', 'care-team', 'cover'])
export const exportStatus = z.enum(['requested', 'approved', 'rejected', 'building', 'ready', 'failed'])
/** What a patient is searched by. */
export const searchedBy = z.enum(['mrn', 'name'])
/** How a clinician's own patients are ordered. */
export const patientOrder = z.enum(['last-contact', 'name'])
/**
 * How what a record seems to say is to be taken: as it reads, the opposite, taken back, or nobody can tell.
 */
export const standing = z.enum(['said', 'negated', 'retracted', 'unknown'])
/**
 * How a list of records is ordered: newest first by the records' own dates; the same, but what counts as
 * current before what does not; by id, where the reader sees no date; by id because the index does not fit
 * the records.
 */
export const recordOrder = z.enum(['newest-first', 'active-first', 'by-id', 'untrusted'])
/**
 * The keys of inputs that an error may name as the one it is about, for a form to say it there. Never what
 * stood in it.
 */
export const errorField = z.enum([
  'asOf',
  'atMost',
  'attestation',
  'birthDate',
  'breakGlass',
  'cause',
  'clear',
  'code',
  'current',
  'department',
  'description',
  'displayName',
  'email',
  'employeeNumber',
  'endsAt',
  'file',
  'hidden',
  'labels',
  'managerId',
  'masked',
  'mrn',
  'name',
  'note',
  'npi',
  'number',
  'partly',
  'passkey',
  'password',
  'patients',
  'payer',
  'people',
  'permission',
  'permissions',
  'purpose',
  'reason',
  'role',
  'text',
  'title',
  'types',
  'userId',
  'userIds',
  'verdict',
  'version',
])
export const outcome = z.enum(['success', 'failure', 'refused', 'asked'])
/** How the entries of the log are ordered. */
export const entryOrder = z.enum(['newest-first', 'oldest-first'])
export const bucket = z.enum(['hour', 'day'])

export type UserStatus = z.output<typeof userStatus>
export type FactorState = z.output<typeof factorState>
export type SeenState = z.output<typeof seenState>
export type UserOrder = z.output<typeof userOrder>
export type SessionEndReason = z.output<typeof sessionEndReason>
export type ApprovalStatus = z.output<typeof approvalStatus>
export type ExportStatus = z.output<typeof exportStatus>
export type PatientOrder = z.output<typeof patientOrder>
export type SearchedBy = z.output<typeof searchedBy>
export type ErrorField = z.output<typeof errorField>
export type Outcome = z.output<typeof outcome>
export type Bucket = z.output<typeof bucket>
