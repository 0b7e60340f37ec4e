import {
  approvalStatus,
  id,
  outcome,
  patientOrder,
  searchedBy,
  searchText,
  userStatus,
} from '@chartward/contract'
import type { Permission } from '@chartward/policy'
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { calendarDay, maybe, word } from '../lib/search-params.ts'

interface PageSpec {
  /** What the navigation calls it; a page without one is reached from another page. */
  readonly label?: string
  /** One of these opens it. */
  readonly needs: readonly [Permission, ...Permission[]]
  readonly search: z.core.$ZodType
  readonly component: RouteComponent
}

/**
 * Every page there is, by its path; the routes and, in this order, the navigation are derived from it. Search
 * parameters hold every filter, tab and selection, as ids and words of closed lists. What a person types
 * about a patient has no place among them.
 */
export const PAGES = {
  '/': {
    label: 'Overview',
    needs: ['home:summary:read'],
    search: z.object({ days: maybe(z.literal([1, 7, 28])) }),
    component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
  },
  '/patients': {
    label: 'Patients',
    needs: ['vault:patient:list', 'vault:patient:search'],
    search: z.object({ by: maybe(searchedBy), order: maybe(patientOrder) }),
    component: lazyRouteComponent(() => import('../features/patients/patients-page.tsx'), 'PatientsPage'),
  },
  '/patients/$id': {
    needs: ['vault:patient:read'],
    search: z.object({ tab: maybe(word), type: maybe(word), record: maybe(id) }),
    component: lazyRouteComponent(() => import('../features/patients/patient-page.tsx'), 'PatientPage'),
  },
  '/exports': {
    label: 'Exports',
    needs: ['export:request:list'],
    search: z.object({ new: maybe(z.boolean()) }),
    component: lazyRouteComponent(() => import('../features/exports/exports-page.tsx'), 'ExportsPage'),
  },
  '/exports/$id': {
    needs: ['export:request:read'],
    search: z.object({ tab: maybe(z.enum(['categories', 'fields', 'files'])) }),
    component: lazyRouteComponent(() => import('../features/exports/export-page.tsx'), 'ExportPage'),
  },
  '/users': {
    label: 'Users',
    needs: ['account:user:list'],
    search: z.object({
      status: maybe(userStatus),
      role: maybe(word),
      // Names of the workforce, never of a patient.
      text: maybe(searchText),
    }),
    component: lazyRouteComponent(() => import('../features/users/users-page.tsx'), 'UsersPage'),
  },
  '/users/$id': {
    needs: ['account:user:read'],
    search: z.object({ tab: maybe(z.enum(['access', 'sessions'])) }),
    component: lazyRouteComponent(() => import('../features/users/user-page.tsx'), 'UserPage'),
  },
  '/approvals': {
    label: 'Approvals',
    needs: ['access:approval:list'],
    search: z.object({ status: maybe(z.enum([...approvalStatus.options, 'all'])) }),
    component: lazyRouteComponent(() => import('../features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
  },
  '/audit': {
    label: 'Audit log',
    needs: ['audit:entry:search'],
    search: z.object({
      from: maybe(calendarDay),
      to: maybe(calendarDay),
      action: maybe(word),
      outcome: maybe(outcome),
      resourceType: maybe(word),
      // A user's id, or the name of a service or a part of the system.
      actor: maybe(z.union([id, word])),
      patient: maybe(id),
      request: maybe(id),
      entry: maybe(id),
      proof: maybe(z.boolean()),
    }),
    component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
  },
  '/account': {
    needs: ['self:session:read'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
  },
} as const satisfies Readonly<Record<`/${string}`, PageSpec>>

export type PagePath = keyof typeof PAGES

export const PAGE_PATHS = Object.keys(PAGES) as readonly PagePath[]

/** The declaration of one page, with the type of its own search parameters. */
export type Page<Path extends PagePath> = PageSpec & { readonly search: (typeof PAGES)[Path]['search'] }
