import type { Role } from '../policy.ts'

export const securityOfficer: Role = {
  name: 'security-officer',
  version: 5,
  title: 'Security officer',
  description:
    'Watches over accounts, sessions and the audit log, and is the second person for what administrators ask for. Sees no patient.',
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
        'account:people:list',
        'account:user:read',
        'access:decision:explain',
        'account:session:list',
        'account:session:end',
        'home:security:read',
        'home:log:read',
        'system:backup:read',
      ],
    },
    {
      id: 'security-officer/keep-keys',
      effect: 'allow',
      permissions: ['system:key:read', 'system:key:rotate'],
    },
    {
      id: 'security-officer/second-person',
      effect: 'allow',
      permissions: ['access:approval:list', 'access:approval:decide', 'account:lockdown:start'],
    },
  ],
}
