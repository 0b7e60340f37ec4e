import type { Role } from '../policy.ts'

/** Manages accounts and access, and sees no PHI at all. */
export const administrator: Role = {
  name: 'administrator',
  version: 5,
  title: 'Administrator',
  description: 'Manages accounts, roles and approvals, and uploads records. Sees no patient at all.',
  privileged: true,
  statements: [
    {
      id: 'administrator/manage-accounts',
      effect: 'allow',
      permissions: [
        'account:user:list',
        'account:user:read',
        'account:user:invite',
        'account:user:deactivate',
        'account:user:reactivate',
        'account:people:list',
        'account:people:change',
        'account:people:import',
        'account:factor:reset',
        'account:lockdown:start',
        'account:password:reset',
        'account:user:change',
        'account:session:list',
        'account:session:end',
        'account:practitioner:link',
        'home:accounts:read',
        'care:window:read',
        'system:backup:read',
      ],
    },
    {
      id: 'administrator/manage-access',
      effect: 'allow',
      permissions: [
        'access:assignment:request',
        'access:assignment:end',
        'access:role:draft',
        'access:role:put-in-force',
        'access:approval:list',
        'access:approval:decide',
        'access:decision:explain',
      ],
    },
    {
      id: 'administrator/keep-keys',
      effect: 'allow',
      permissions: ['system:key:read', 'system:key:rotate'],
    },
    {
      id: 'administrator/upload-records',
      effect: 'allow',
      permissions: [
        'import:upload:create',
        'import:upload:list',
        'import:upload:withdraw',
        'import:upload:trust',
      ],
    },
  ],
}
