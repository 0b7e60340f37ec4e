import type { Role } from '../policy.ts'

/** Asks for de-identified exports and downloads what was approved; reaches no patient. */
export const analyst: Role = {
  name: 'analyst',
  version: 1,
  title: 'Analyst',
  description: 'Requests de-identified exports and downloads them. Sees no patient.',
  privileged: false,
  statements: [
    {
      id: 'analyst/request-exports',
      effect: 'allow',
      permissions: [
        'export:request:create',
        'export:request:list',
        'export:request:read',
        'export:release:download',
      ],
    },
  ],
}
