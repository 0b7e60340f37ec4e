import type { PageAction } from '../../lib/page-action.ts'

export const VERIFY_LOG = {
  label: 'Verify the log',
  needs: 'audit:log:verify',
  href: '/audit?proof=true',
} as const satisfies PageAction

export const SHOW_REFUSALS = {
  label: 'Show what was refused',
  needs: 'audit:entry:search',
  href: '/audit?outcome=refused',
} as const satisfies PageAction
