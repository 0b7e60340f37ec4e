import type { Role } from '../policy.ts'

/** Reads and verifies the audit log; changes nothing. */
export const auditor: Role = {
  name: 'auditor',
  version: 3,
  title: 'Auditor',
  description:
    'Reads and verifies the audit log, and sees certificates of destruction. Sees no patient and changes nothing.',
  privileged: true,
  statements: [
    {
      id: 'auditor/read-log',
      effect: 'allow',
      permissions: [
        'audit:entry:search',
        'audit:entry:read',
        'audit:log:verify',
        'home:log:read',
        'vault:shred:list',
        'system:backup:read',
      ],
    },
    { id: 'auditor/see-keys', effect: 'allow', permissions: ['system:key:read'] },
  ],
}
