import type { Role } from '../policy.ts'

export const securityOfficer: Role = {
  name: 'security-officer',
  version: 1,
  title: 'Security officer',
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
