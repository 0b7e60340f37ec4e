import type { Permission } from '@chartward/policy'
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { PAGES, type Page, type PagePath } from './pages.ts'
import { NotFound, RouteFailure } from './route-states.tsx'
import { SessionGate } from './session-gate.tsx'

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    needs?: readonly Permission[]
  }
}

const root = createRootRoute({
  component: SessionGate,
  notFoundComponent: NotFound,
  errorComponent: RouteFailure,
})

const routeTo = <Path extends PagePath>(path: Path) => {
  const { needs, search, component }: Page<Path> = PAGES[path]
  return createRoute({
    getParentRoute: () => root,
    path,
    staticData: { needs },
    validateSearch: search,
    component,
  })
}

/** Written out: a loop would lose the types of paths and searches. A page left out does not compile. */
const routes = {
  '/': routeTo('/'),
  '/patients': routeTo('/patients'),
  '/claims': routeTo('/claims'),
  '/patients/$id': routeTo('/patients/$id'),
  '/patients/$id/accesses': routeTo('/patients/$id/accesses'),
  '/patients/$id/whole': routeTo('/patients/$id/whole'),
  '/my-record': routeTo('/my-record'),
  '/emergency': routeTo('/emergency'),
  '/exports': routeTo('/exports'),
  '/exports/$id': routeTo('/exports/$id'),
  '/users': routeTo('/users'),
  '/users/$id': routeTo('/users/$id'),
  '/roles': routeTo('/roles'),
  '/roles/$name': routeTo('/roles/$name'),
  '/role-editor': routeTo('/role-editor'),
  '/sessions': routeTo('/sessions'),
  '/approvals': routeTo('/approvals'),
  '/imports': routeTo('/imports'),
  '/destruction': routeTo('/destruction'),
  '/break-glass': routeTo('/break-glass'),
  '/break-glass/$id': routeTo('/break-glass/$id'),
  '/people': routeTo('/people'),
  '/people/$id': routeTo('/people/$id'),
  '/audit': routeTo('/audit'),
  '/keys': routeTo('/keys'),
  '/bundles': routeTo('/bundles'),
  '/work': routeTo('/work'),
  '/backups': routeTo('/backups'),
  '/account': routeTo('/account'),
} satisfies { readonly [Path in PagePath]: ReturnType<typeof routeTo<Path>> }

// Hovering a link fetches the page's code and never its data: no route has a loader.
export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: RouteFailure,
})
