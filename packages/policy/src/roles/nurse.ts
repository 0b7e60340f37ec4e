import type { Permission } from '../permissions.ts'
import type { Role } from '../policy.ts'
import { BILLING_NARRATIVE, FOUND_IN_EMERGENCY, GOVERNMENT_IDENTIFIERS, REFERRED_TO } from './care.ts'

const READ: readonly Permission[] = [
  'vault:patient:list',
  'vault:patient:search',
  'vault:patient:read',
  'vault:record:list',
  'vault:record:read',
]

/**
 * Reads the clinical data of the patients in their care; sees that there are notes, not what they
 * say; no billing.
 */
export const nurse: Role = {
  name: 'nurse',
  version: 5,
  title: 'Nurse',
  description: 'Sees clinical data of the patients in their care; no billing and no text of notes.',
  privileged: false,
  statements: [
    {
      id: 'nurse/read-care',
      effect: 'allow',
      permissions: READ,
      rows: 'care',
      clear: ['class:identity', 'class:contact', 'class:clinical', ...REFERRED_TO],
      masked: ['class:narrative', ...GOVERNMENT_IDENTIFIERS],
      breakGlass: true,
    },
    {
      id: 'nurse/no-billing-narrative',
      effect: 'deny',
      permissions: READ,
      rows: 'care',
      clear: BILLING_NARRATIVE,
    },
    {
      id: 'nurse/find-in-emergency',
      effect: 'allow',
      permissions: ['care:break-glass:search'],
      rows: 'all',
      clear: FOUND_IN_EMERGENCY,
    },
    {
      id: 'nurse/break-glass',
      effect: 'allow',
      permissions: ['care:break-glass:open'],
    },
    {
      id: 'nurse/ask-for-account',
      effect: 'allow',
      permissions: ['account:patient:read', 'account:patient:request'],
      rows: 'care',
    },
    {
      id: 'nurse/see-care-team',
      effect: 'allow',
      permissions: ['care:relationship:list', 'care:cover:list'],
      rows: 'care',
    },
  ],
}
