import type { Permission } from '@chartward/policy'
import { PAGE_PATHS, PAGES, type PagePath } from './pages.ts'

/** The navigation, and what of it a set of permissions opens. Pure. */

/** The paths of the pages that have a label. */
type NavPath = {
  [Path in PagePath]: (typeof PAGES)[Path] extends { readonly label: string } ? Path : never
}[PagePath]

export interface NavItem {
  readonly to: NavPath
  readonly label: string
  /** One of these opens it. */
  readonly needs: readonly Permission[]
}

const isNavPath = (path: PagePath): path is NavPath => 'label' in PAGES[path]

export const NAV: readonly NavItem[] = PAGE_PATHS.filter(isNavPath).map((to) => {
  const { label, needs } = PAGES[to]
  return { to, label, needs }
})

/** An empty list of needs opens nothing: a page that forgets to say what it needs stays shut. */
export const opens = (needs: readonly Permission[], permissions: readonly string[]): boolean =>
  needs.some((need) => permissions.includes(need))

export const navFor = (permissions: readonly string[]): readonly NavItem[] =>
  NAV.filter(({ needs }) => opens(needs, permissions))
