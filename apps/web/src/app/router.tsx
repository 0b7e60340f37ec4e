import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { calendarDay, maybe, uuid, word } from '../lib/search-params.ts'
import { NotFound, RouteFailure } from './route-states.tsx'
import { SessionGate } from './session-gate.tsx'

/**
 * The route tree. Search parameters hold every filter, tab and selection, as ids and words of closed lists. What a person
 * types about a patient has no place among them. `needs` lists permissions of which one opens the page.
 */

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    needs?: readonly string[]
  }
}

const root = createRootRoute({
  component: SessionGate,
  notFoundComponent: NotFound,
  errorComponent: RouteFailure,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { needs: ['home:summary:read'] },
  validateSearch: z.object({ days: maybe(z.literal([1, 7, 28])) }),
  component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
})

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  staticData: { needs: ['account:user:list'] },
  validateSearch: z.object({
    status: maybe(z.enum(['invited', 'active', 'deactivated'])),
    role: maybe(word),
    // Names of the workforce, never of a patient.
    text: maybe(z.string().check(z.maxLength(100))),
  }),
  component: lazyRouteComponent(() => import('../features/users/users-page.tsx'), 'UsersPage'),
})

const user = createRoute({
  getParentRoute: () => root,
  path: '/users/$id',
  staticData: { needs: ['account:user:read'] },
  validateSearch: z.object({ tab: maybe(z.enum(['access', 'sessions'])) }),
  component: lazyRouteComponent(() => import('../features/users/user-page.tsx'), 'UserPage'),
})

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  staticData: { needs: ['access:approval:list'] },
  validateSearch: z.object({ status: maybe(z.enum(['pending', 'approved', 'rejected', 'expired', 'all'])) }),
  component: lazyRouteComponent(() => import('../features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
})

const patients = createRoute({
  getParentRoute: () => root,
  path: '/patients',
  staticData: { needs: ['vault:patient:list', 'vault:patient:search'] },
  validateSearch: z.object({ by: maybe(z.enum(['name', 'mrn'])) }),
  component: lazyRouteComponent(() => import('../features/patients/patients-page.tsx'), 'PatientsPage'),
})

const patient = createRoute({
  getParentRoute: () => root,
  path: '/patients/$id',
  staticData: { needs: ['vault:patient:read'] },
  validateSearch: z.object({ tab: maybe(word), type: maybe(word), record: maybe(uuid) }),
  component: lazyRouteComponent(() => import('../features/patients/patient-page.tsx'), 'PatientPage'),
})

const exportRequests = createRoute({
  getParentRoute: () => root,
  path: '/exports',
  staticData: { needs: ['export:request:list'] },
  validateSearch: z.object({ status: maybe(word), new: maybe(z.boolean()) }),
  component: lazyRouteComponent(() => import('../features/exports/exports-page.tsx'), 'ExportsPage'),
})

const exportRequest = createRoute({
  getParentRoute: () => root,
  path: '/exports/$id',
  staticData: { needs: ['export:request:read'] },
  validateSearch: z.object({ tab: maybe(z.enum(['categories', 'fields', 'files'])) }),
  component: lazyRouteComponent(() => import('../features/exports/export-page.tsx'), 'ExportPage'),
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  staticData: { needs: ['audit:entry:search'] },
  validateSearch: z.object({
    from: maybe(calendarDay),
    to: maybe(calendarDay),
    action: maybe(word),
    outcome: maybe(z.enum(['success', 'failure', 'refused'])),
    resourceType: maybe(word),
    actor: maybe(uuid),
    patient: maybe(uuid),
    request: maybe(z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/))),
    entry: maybe(uuid),
    proof: maybe(z.boolean()),
  }),
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  staticData: { needs: ['self:session:read'] },
  component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
})

const routeTree = root.addChildren([
  home,
  users,
  user,
  approvals,
  patients,
  patient,
  exportRequests,
  exportRequest,
  audit,
  account,
])

// Hovering a link fetches the page's code and never its data: no route has a loader.
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: RouteFailure,
})
