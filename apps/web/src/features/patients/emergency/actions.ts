import type { PageAction } from '../../../lib/page-action.ts'

export const FIND_IN_EMERGENCY = {
  label: 'Find a patient in an emergency',
  needs: 'care:break-glass:open',
  href: '/emergency?by=mrn',
} as const satisfies PageAction
