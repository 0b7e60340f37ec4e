import type { Permission } from '../permissions.ts'
import type { Role } from '../policy.ts'
import {
  BILLING_NARRATIVE,
  FOUND_IN_EMERGENCY,
  GOVERNMENT_IDENTIFIERS,
  REFERRED_TO,
  TREATED_LABELS,
} from './care.ts'

const READ: readonly Permission[] = [
  'vault:patient:list',
  'vault:patient:search',
  'vault:patient:read',
  'vault:record:list',
  'vault:record:read',
]

/** Reads the whole clinical record of the patients in their care, notes included; no billing. */
export const clinician: Role = {
  name: 'clinician',
  version: 5,
  title: 'Clinician',
  description: 'Sees clinical data and notes of the patients in their care.',
  privileged: false,
  statements: [
    {
      id: 'clinician/read-care',
      effect: 'allow',
      permissions: READ,
      rows: 'care',
      clear: ['class:identity', 'class:contact', 'class:clinical', 'class:narrative', ...REFERRED_TO],
      masked: GOVERNMENT_IDENTIFIERS,
      labels: TREATED_LABELS,
      breakGlass: true,
    },
    {
      id: 'clinician/no-billing-narrative',
      effect: 'deny',
      permissions: READ,
      rows: 'care',
      clear: BILLING_NARRATIVE,
    },
    {
      id: 'clinician/find-in-emergency',
      effect: 'allow',
      permissions: ['care:break-glass:search'],
      rows: 'all',
      clear: FOUND_IN_EMERGENCY,
      labels: TREATED_LABELS,
    },
    {
      id: 'clinician/break-glass',
      effect: 'allow',
      permissions: ['care:break-glass:open'],
    },
    {
      id: 'clinician/ask-for-account',
      effect: 'allow',
      permissions: ['account:patient:read', 'account:patient:request'],
      rows: 'care',
    },
    {
      id: 'clinician/keep-care-team',
      effect: 'allow',
      permissions: [
        'care:relationship:list',
        'care:relationship:create',
        'care:relationship:end',
        'care:cover:list',
        'care:cover:give',
        'care:cover:end',
      ],
      rows: 'care',
    },
  ],
}
