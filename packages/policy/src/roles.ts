import { definePolicy, type Policy, type Role } from './policy.ts'
import { administrator } from './roles/administrator.ts'
import { analyst } from './roles/analyst.ts'
import { auditor } from './roles/auditor.ts'
import { billing } from './roles/billing.ts'
import { clinician } from './roles/clinician.ts'
import { nurse } from './roles/nurse.ts'
import { patient } from './roles/patient.ts'
import { privacyOfficer } from './roles/privacy-officer.ts'
import { securityOfficer } from './roles/security-officer.ts'

export const ROLE_NAMES = Object.freeze([
  'administrator',
  'privacy-officer',
  'security-officer',
  'clinician',
  'nurse',
  'billing',
  'analyst',
  'patient',
  'auditor',
] as const)

export type RoleName = (typeof ROLE_NAMES)[number]

export const isRoleName = (value: string): value is RoleName => ROLE_NAMES.some((name) => name === value)

const roles = {
  administrator,
  'privacy-officer': privacyOfficer,
  'security-officer': securityOfficer,
  clinician,
  nurse,
  billing,
  analyst,
  patient,
  auditor,
} satisfies Record<RoleName, Role>

/** The policy that ships. Custom roles make a policy of their own; this one never changes under a version. */
export const builtInPolicy: Policy = definePolicy({
  version: 'built-in/1',
  roles,
  everyone: [
    {
      id: 'everyone/own-session',
      effect: 'allow',
      permissions: ['self:session:read', 'home:summary:read'],
    },
  ],
})
