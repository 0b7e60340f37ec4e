import type { Role } from '../policy.ts'
import type { FieldSelector } from '../selectors.ts'

/** References to the patient that may carry the name, which a clerk sees as initials. */
const BILLED_PERSON: readonly FieldSelector[] = [
  'Coverage.beneficiary',
  'Claim.patient',
  'ClaimResponse.patient',
  'ExplanationOfBenefit.patient',
]

/**
 * Works on insurance and claims of any patient: billing data and the billing address, names as initials, no
 * notes. Privileged, because no care relationship limits whom it reaches.
 */
export const billing: Role = {
  name: 'billing',
  version: 4,
  title: 'Billing clerk',
  description:
    'Finds claims; sees insurance, billing addresses and claims; names as initials, no clinical notes.',
  privileged: true,
  statements: [
    {
      id: 'billing/read-billing',
      effect: 'allow',
      permissions: [
        'vault:patient:search',
        'vault:claim:search',
        'vault:patient:read',
        'vault:record:list',
        'vault:record:read',
      ],
      rows: 'all',
      // Who pays and who provided may be said by a reference to the directory alone.
      clear: ['class:billing', 'Patient.mrn', 'Organization.name'],
      // Where bills go: that somebody has another address, or had one, is nothing that billing needs.
      partly: ['Patient.address'],
      masked: ['Patient.name', 'Patient.birthDate', ...BILLED_PERSON],
    },
  ],
}
