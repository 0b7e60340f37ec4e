import type { PageAction } from '../../lib/page-action.ts'

export const REQUEST_EXPORT = {
  label: 'Request an export',
  needs: 'export:request:create',
  href: '/exports?new=true',
} as const satisfies PageAction
