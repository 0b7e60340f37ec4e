import type { Role } from '../policy.ts'

export const securityOfficer: Role = {
  name: 'security-officer',
  version: 1,
  title: 'Security officer',
  description: 'Watches over accounts and the audit log. Sees no patient.',
  privileged: true,
  statements: [
    {
      id: 'security-officer/watch',
      effect: 'allow',
      permissions: [
        'audit:entry:search',
        'audit:entry:read',
        'audit:log:verify',
        'account:user:list',
        'account:user:read',
      ],
    },
  ],
}
