import type { Role } from '../policy.ts'

/**
 * Oversees: the audit log, exports and care teams. Finds a patient by name or MRN, and sees by whom their
 * chart was seen; of the patient no more than tells them from another of the same name, and whether they have
 * an account.
 */
export const privacyOfficer: Role = {
  name: 'privacy-officer',
  version: 6,
  title: 'Privacy officer',
  description:
    'Explores and verifies the audit log, decides on exports, keeps care teams, reviews each use of break-glass, keeps legal holds and has keys of patients destroyed with a second person, and is the second person for what administrators ask for. Finds a patient by name or MRN, sees name, MRN and birth date of them, who saw their chart, and the address of an account that they have, and no more.',
  privileged: true,
  statements: [
    {
      id: 'privacy-officer/oversee',
      effect: 'allow',
      permissions: [
        'audit:entry:search',
        'audit:entry:read',
        'audit:log:verify',
        'audit:log:export',
        'account:user:list',
        'account:people:list',
        'account:user:read',
        'access:decision:explain',
        'home:oversight:read',
        'vault:shred:list',
        'system:backup:read',
      ],
    },
    {
      id: 'privacy-officer/see-keys',
      effect: 'allow',
      permissions: ['system:key:read'],
    },
    {
      id: 'privacy-officer/rotate-patients-keys',
      effect: 'allow',
      permissions: ['system:key:rotate-patient'],
      rows: 'all',
    },
    {
      id: 'privacy-officer/second-person',
      effect: 'allow',
      permissions: ['access:approval:list', 'access:approval:decide', 'account:lockdown:start'],
    },
    {
      id: 'privacy-officer/decide-exports',
      effect: 'allow',
      permissions: ['export:request:list', 'export:request:read', 'export:request:decide'],
    },
    {
      id: 'privacy-officer/find-patients',
      effect: 'allow',
      permissions: ['vault:patient:search', 'vault:patient:read'],
      rows: 'all',
      clear: ['Patient.name', 'Patient.mrn', 'Patient.birthDate'],
    },
    {
      id: 'privacy-officer/see-accesses',
      effect: 'allow',
      permissions: ['audit:access:list', 'audit:access:export', 'access:patient:explain'],
      rows: 'all',
    },
    {
      id: 'privacy-officer/keep-patients-accounts',
      effect: 'allow',
      permissions: [
        'account:patient:read',
        'account:patient:request',
        'account:patient:decide',
        'account:patient:end',
      ],
      rows: 'all',
    },
    {
      id: 'privacy-officer/hold-and-destroy',
      effect: 'allow',
      permissions: [
        'vault:hold:set',
        'vault:hold:lift',
        'vault:hold:decide',
        'vault:shred:read',
        'vault:shred:request',
        'vault:shred:decide',
      ],
      rows: 'all',
    },
    {
      id: 'privacy-officer/review-break-glass',
      effect: 'allow',
      permissions: [
        'care:break-glass:list',
        'care:break-glass:end',
        'care:break-glass:review',
        'care:window:read',
      ],
    },
    {
      id: 'privacy-officer/keep-care-teams',
      effect: 'allow',
      permissions: [
        'care:relationship:list',
        'care:relationship:create',
        'care:relationship:end',
        'care:cover:list',
        'care:cover:give',
        'care:cover:end',
      ],
      rows: 'all',
    },
  ],
}
