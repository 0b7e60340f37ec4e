import type { PageAction } from '../../lib/page-action.ts'

export const IMPORT_PEOPLE = {
  label: 'Import people',
  needs: 'account:people:import',
  href: '/people?new=true',
} as const satisfies PageAction
