import { CATEGORIES } from '@chartward/audit'
import {
  approvalStatus,
  breakGlassState,
  factorState,
  id,
  ip,
  lineOutcome,
  outcome,
  patientOrder,
  searchedBy,
  searchText,
  seenState,
  userOrder,
  userStatus,
} from '@chartward/contract'
import type { Permission } from '@chartward/policy'
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { SHOW_REFUSALS, VERIFY_LOG } from '../features/audit/actions.ts'
import { isActionText } from '../features/audit/filter-words.ts'
import { REQUEST_EXPORT } from '../features/exports/actions.ts'
import { UPLOAD } from '../features/imports/actions.ts'
import { FIND_IN_EMERGENCY } from '../features/patients/emergency/actions.ts'
import { accessSearch } from '../features/patients/who-saw/access-search.ts'
import { IMPORT_PEOPLE } from '../features/people/actions.ts'
import { INVITE } from '../features/users/actions.ts'
import type { PageAction } from '../lib/page-action.ts'
import { calendarDay, loincCode, maybe, sorting, word } from '../lib/search-params.ts'

export interface PageSpec {
  /** What the navigation and the palette call it; a page without one is reached from another page. */
  readonly label?: string
  /** The key that goes there after `g`; each page that has a label has one. */
  readonly letter?: string
  /** Gone to from the menu of the person, and so left out of the navigation. */
  readonly inPersonMenu?: true
  /** What the palette offers to do there, to whoever may. */
  readonly actions?: readonly PageAction[]
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
    letter: 'o',
    needs: ['home:summary:read'],
    search: z.object({ days: maybe(z.literal([1, 7, 28])) }),
    component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
  },
  '/patients': {
    label: 'Patients',
    letter: 'p',
    needs: ['vault:patient:list', 'vault:patient:search'],
    search: z.object({ by: maybe(searchedBy), order: maybe(patientOrder), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/patients/patients-page.tsx'), 'PatientsPage'),
  },
  // Ids of nobody: what is typed is in the tab's memory alone.
  '/emergency': {
    actions: [FIND_IN_EMERGENCY],
    needs: ['care:break-glass:open'],
    search: z.object({ by: maybe(searchedBy) }),
    component: lazyRouteComponent(
      () => import('../features/patients/emergency/emergency-page.tsx'),
      'EmergencyPage',
    ),
  },
  // What is typed to find a claim is about a patient: the address has ids alone.
  '/claims': {
    label: 'Claims',
    letter: 'c',
    needs: ['vault:claim:search'],
    search: z.object({ patient: maybe(id), record: maybe(id), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/patients/claims/claims-page.tsx'), 'ClaimsPage'),
  },
  '/patients/$id': {
    needs: ['vault:patient:read'],
    search: z.object({
      tab: maybe(word),
      type: maybe(word),
      record: maybe(id),
      measure: maybe(loincCode),
      sort: maybe(sorting),
      ...accessSearch,
    }),
    component: lazyRouteComponent(() => import('../features/patients/patient-page.tsx'), 'PatientPage'),
  },
  '/my-record': {
    label: 'My record',
    letter: 'r',
    needs: ['self:access:list'],
    search: z.object({}),
    component: lazyRouteComponent(
      () => import('../features/patients/own/own-record-page.tsx'),
      'OwnRecordPage',
    ),
  },
  // All of one's own, for paper and as a file: each part that is read is an entry.
  '/patients/$id/whole': {
    needs: ['self:record:export'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/patients/own/whole-page.tsx'), 'WholePage'),
  },
  // As it goes on paper: opening it is an entry of its own.
  '/patients/$id/accesses': {
    needs: ['audit:access:list'],
    search: z.object(accessSearch),
    component: lazyRouteComponent(() => import('../features/patients/who-saw/print-page.tsx'), 'PrintPage'),
  },
  '/exports': {
    label: 'Exports',
    letter: 'e',
    actions: [REQUEST_EXPORT],
    needs: ['export:request:list'],
    search: z.object({ new: maybe(z.boolean()), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/exports/exports-page.tsx'), 'ExportsPage'),
  },
  '/exports/$id': {
    needs: ['export:request:read'],
    search: z.object({ tab: maybe(z.enum(['categories', 'fields', 'files'])), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/exports/export-page.tsx'), 'ExportPage'),
  },
  '/users': {
    label: 'Users',
    letter: 'u',
    actions: [INVITE],
    needs: ['account:user:list'],
    search: z.object({
      status: maybe(userStatus),
      role: maybe(word),
      factor: maybe(factorState),
      seen: maybe(seenState),
      department: maybe(z.string().check(z.maxLength(80))),
      manager: maybe(id),
      sort: maybe(userOrder),
      // Names of the workforce, never of a patient.
      text: maybe(searchText),
      invite: maybe(z.boolean()),
    }),
    component: lazyRouteComponent(() => import('../features/users/users-page.tsx'), 'UsersPage'),
  },
  '/users/$id': {
    needs: ['account:user:read'],
    search: z.object({
      tab: maybe(z.enum(['access', 'factors', 'sessions', 'why'])),
      sort: maybe(sorting),
    }),
    component: lazyRouteComponent(() => import('../features/users/user-page.tsx'), 'UserPage'),
  },
  '/people': {
    actions: [IMPORT_PEOPLE],
    needs: ['account:people:list'],
    search: z.object({ new: maybe(z.boolean()), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/people/people-page.tsx'), 'PeoplePage'),
  },
  '/people/$id': {
    needs: ['account:people:list'],
    search: z.object({ outcome: maybe(lineOutcome), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/people/change-page.tsx'), 'ChangePage'),
  },
  '/roles': {
    needs: ['account:user:list'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/roles/roles-page.tsx'), 'RolesPage'),
  },
  '/roles/$name': {
    needs: ['account:user:list'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/roles/role-page.tsx'), 'RolePage'),
  },
  '/role-editor': {
    needs: ['access:role:draft'],
    search: z.object({ role: maybe(word), copy: maybe(word) }),
    component: lazyRouteComponent(() => import('../features/roles/editor-page.tsx'), 'EditorPage'),
  },
  '/sessions': {
    label: 'Sessions',
    letter: 's',
    needs: ['account:session:list'],
    search: z.object({ sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/sessions/sessions-page.tsx'), 'SessionsPage'),
  },
  '/approvals': {
    label: 'Approvals',
    letter: 'v',
    needs: ['access:approval:list'],
    search: z.object({ status: maybe(z.enum([...approvalStatus.options, 'all'])), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
  },
  '/imports': {
    label: 'Imports',
    letter: 'i',
    actions: [UPLOAD],
    needs: ['import:upload:list'],
    search: z.object({ new: maybe(z.boolean()), upload: maybe(id), sort: maybe(sorting) }),
    component: lazyRouteComponent(() => import('../features/imports/imports-page.tsx'), 'ImportsPage'),
  },
  '/destruction': {
    label: 'Destruction',
    letter: 'd',
    needs: ['vault:shred:list'],
    search: z.object({ certificate: maybe(id) }),
    component: lazyRouteComponent(
      () => import('../features/destruction/destruction-page.tsx'),
      'DestructionPage',
    ),
  },
  '/break-glass': {
    label: 'Break-glass',
    letter: 'b',
    needs: ['care:break-glass:list'],
    search: z.object({ state: maybe(breakGlassState), sort: maybe(sorting) }),
    component: lazyRouteComponent(
      () => import('../features/break-glass/break-glass-page.tsx'),
      'BreakGlassPage',
    ),
  },
  '/break-glass/$id': {
    needs: ['care:break-glass:list'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/break-glass/use-page.tsx'), 'UsePage'),
  },
  '/audit': {
    label: 'Audit log',
    letter: 'a',
    actions: [VERIFY_LOG, SHOW_REFUSALS],
    needs: ['audit:entry:search'],
    search: z.object({
      from: maybe(calendarDay),
      to: maybe(calendarDay),
      action: maybe(word),
      category: maybe(z.enum(CATEGORIES)),
      // Words of actions, and no other.
      text: maybe(z.string().check(z.maxLength(60), z.refine(isActionText))),
      outcome: maybe(outcome),
      resourceType: maybe(word),
      resource: maybe(id),
      session: maybe(id),
      ip: maybe(ip),
      others: maybe(z.boolean()),
      // A user's id, or the name of a service or a part of the system.
      actor: maybe(z.union([id, word])),
      patient: maybe(id),
      request: maybe(id),
      entry: maybe(id),
      sort: maybe(sorting),
      proof: maybe(z.boolean()),
    }),
    component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
  },
  '/keys': {
    label: 'Keys',
    letter: 'k',
    needs: ['system:key:read'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/keys/keys-page.tsx'), 'KeysPage'),
  },
  '/bundles': {
    label: 'Check a bundle',
    letter: 'n',
    needs: ['audit:log:verify'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/bundles/bundle-page.tsx'), 'BundlePage'),
  },
  '/work': {
    label: 'Long work',
    letter: 'w',
    needs: [
      'audit:log:verify',
      'audit:log:export',
      'export:request:create',
      'export:request:decide',
      'account:lockdown:start',
    ],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/works/works-page.tsx'), 'WorksPage'),
  },
  '/backups': {
    label: 'Backups',
    letter: 'y',
    needs: ['system:backup:read'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/backups/backups-page.tsx'), 'BackupsPage'),
  },
  '/account': {
    label: 'My account',
    letter: 'm',
    inPersonMenu: true,
    needs: ['self:session:read'],
    search: z.object({}),
    component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
  },
} as const satisfies Readonly<Record<`/${string}`, PageSpec>>

export type PagePath = keyof typeof PAGES

export const PAGE_PATHS = Object.keys(PAGES) as readonly PagePath[]

/** The declaration of one page, with the type of its own search parameters. */
export type Page<Path extends PagePath> = PageSpec & { readonly search: (typeof PAGES)[Path]['search'] }
