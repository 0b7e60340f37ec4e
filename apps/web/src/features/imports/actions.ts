import type { PageAction } from '../../lib/page-action.ts'

export const UPLOAD = {
  label: 'Upload records',
  needs: 'import:upload:create',
  href: '/imports?new=true',
} as const satisfies PageAction
