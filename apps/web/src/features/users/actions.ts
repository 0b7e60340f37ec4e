import type { PageAction } from '../../lib/page-action.ts'

export const INVITE = {
  label: 'Invite a user',
  needs: 'account:user:invite',
  href: '/users?invite=true',
} as const satisfies PageAction
