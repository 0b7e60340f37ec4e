import type { Permission } from '@chartward/policy'
import { exportApproval } from '../exports/export-approval.ts'
import { patientAccountApproval } from '../patient-accounts/patient-account-approval.ts'
import { peopleChangeApproval } from '../people/people-change-approval.ts'
import { roleVersionApproval } from '../roles/role-version-approval.ts'
import { holdLiftApproval } from '../shred/hold-lift-approval.ts'
import { shredApproval } from '../shred/shred-approval.ts'
import { uploadTrustApproval } from '../uploads/upload-trust-approval.ts'
import { deactivationApproval } from '../users/deactivation-approval.ts'
import { identityChangeApproval } from '../users/identity-change-approval.ts'
import { lockdownApproval } from '../users/lockdown-approval.ts'
import { lostFactorApproval } from '../users/lost-factor-approval.ts'
import { passwordResetApproval } from '../users/password-reset-approval.ts'
import { practitionerLinkApproval } from '../users/practitioner-link-approval.ts'
import { reactivationApproval } from '../users/reactivation-approval.ts'
import { roleApproval } from '../users/role-approval.ts'
import { roleEndApproval } from '../users/role-end-approval.ts'
import { APPROVAL_KINDS, type ApprovalKind } from './approval.ts'
import type { ApprovalKindDefinition } from './kind.ts'

/**
 * Every kind of request for a second person, each owned by its service. One that is missing here
 * does not compile.
 */
export const KINDS: Readonly<Record<ApprovalKind, ApprovalKindDefinition>> = {
  'role-assignment': roleApproval,
  'role-end': roleEndApproval,
  'practitioner-link': practitionerLinkApproval,
  deactivation: deactivationApproval,
  reactivation: reactivationApproval,
  lockdown: lockdownApproval,
  'password-reset': passwordResetApproval,
  'identity-change': identityChangeApproval,
  'lost-factor': lostFactorApproval,
  export: exportApproval,
  'upload-trust': uploadTrustApproval,
  'people-change': peopleChangeApproval,
  'role-version': roleVersionApproval,
  'patient-account': patientAccountApproval,
  shred: shredApproval,
  'hold-lift': holdLiftApproval,
}

/** The kinds on which holders of this permission decide. */
export const kindsDecidedWith = (permission: Permission): ApprovalKind[] =>
  APPROVAL_KINDS.filter((kind) => KINDS[kind].decide === permission)
