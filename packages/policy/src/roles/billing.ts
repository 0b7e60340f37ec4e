import type { Role } from '../policy.ts'

/**
 * Works on insurance and claims of any patient: billing data and the billing address, names as initials, no
 * notes. Privileged, because no care relationship limits whom it reaches.
 */
export const billing: Role = {
  name: 'billing',
  version: 1,
  title: 'Billing clerk',
  description: 'Sees insurance, billing addresses and claims; names as initials, no clinical notes.',
  privileged: true,
  statements: [
    {
      id: 'billing/read-billing',
      effect: 'allow',
      permissions: ['vault:patient:search', 'vault:patient:read', 'vault:record:list', 'vault:record:read'],
      rows: 'all',
      clear: ['class:billing', 'Patient.address', 'Patient.mrn'],
      masked: ['Patient.name', 'Patient.birthDate'],
    },
  ],
}
