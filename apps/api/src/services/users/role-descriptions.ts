import type { RoleName } from '@chartward/policy'

/** What each built-in role is for, said to whoever assigns it. */
export const ROLE_DESCRIPTIONS: Readonly<Record<RoleName, string>> = {
  administrator: 'Manages accounts, roles and approvals. Sees no patient at all.',
  'privacy-officer':
    'Explores and verifies the audit log, decides on exports, keeps care teams. Finds a patient by name or MRN and sees no more.',
  'security-officer': 'Watches over accounts and the audit log. Sees no patient.',
  clinician: 'Sees clinical data and notes of the patients in their care.',
  nurse: 'Sees clinical data of the patients in their care; no billing and no text of notes.',
  billing: 'Sees insurance, billing addresses and claims; names as initials, no clinical notes.',
  analyst: 'Requests de-identified exports and downloads them. Sees no patient.',
  patient: 'Sees their own record.',
  auditor: 'Reads and verifies the audit log. Sees no patient and changes nothing.',
}
