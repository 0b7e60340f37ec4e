import type { NeedRoom } from '@chartward/contract'
import type { Permission } from '@chartward/policy'
import type { PageAction } from '../lib/page-action.ts'
import { PAGE_PATHS, PAGES, type Page, type PagePath } from './pages.ts'

/** The places that one goes to, and what of them a set of permissions opens. Pure. */

/** The paths of the pages that have a label. */
type PlacePath = {
  [Path in PagePath]: (typeof PAGES)[Path] extends { readonly label: string } ? Path : never
}[PagePath]

/** Those of them that stand in the navigation. */
type NavPath = {
  [Path in PlacePath]: (typeof PAGES)[Path] extends { readonly inPersonMenu: true } ? never : Path
}[PlacePath]

interface PlaceAt<Path extends PagePath> {
  readonly to: Path
  readonly label: string
  /** The key that goes there after `g`. */
  readonly letter: string
  /** One of these opens it. */
  readonly needs: readonly Permission[]
}

export type Place = PlaceAt<PlacePath>
export type NavItem = PlaceAt<NavPath>

const isPlacePath = (path: PagePath): path is PlacePath => 'label' in PAGES[path]
const isNavItem = (place: Place): place is NavItem => !('inPersonMenu' in PAGES[place.to])

export const PLACES: readonly Place[] = PAGE_PATHS.filter(isPlacePath).map((to) => {
  const { label, letter, needs } = PAGES[to]
  return { to, label, letter, needs }
})

export const NAV: readonly NavItem[] = PLACES.filter(isNavItem)

const PAGE_ACTIONS: readonly PageAction[] = PAGE_PATHS.flatMap((path) => {
  const { actions = [] }: Page<typeof path> = PAGES[path]
  return actions
})

/** An empty list of needs opens nothing: a page that forgets to say what it needs stays shut. */
export const opens = (needs: readonly Permission[], permissions: readonly string[]): boolean =>
  needs.some((need) => permissions.includes(need))

export const navFor = (permissions: readonly string[]): readonly NavItem[] =>
  NAV.filter(({ needs }) => opens(needs, permissions))

export const placesFor = (permissions: readonly string[]): readonly Place[] =>
  PLACES.filter(({ needs }) => opens(needs, permissions))

/** What the features offer to do, and these permissions allow. */
export const actionsFor = (permissions: readonly string[]): readonly PageAction[] =>
  PAGE_ACTIONS.filter(({ needs }) => opens([needs], permissions))

/** Where what needs somebody is dealt with. */
const ROOMS: Readonly<Record<NeedRoom, NavItem['to']>> = {
  approvals: '/approvals',
  exports: '/exports',
  users: '/users',
  patients: '/patients',
  'break-glass': '/break-glass',
  keys: '/keys',
  audit: '/audit',
  backups: '/backups',
}

const isRoom = (word: string): word is NeedRoom => Object.hasOwn(ROOMS, word)

/** How many things of a page need the person, by what there is in each room. */
export const waitingAt = (
  counts: Readonly<Partial<Record<NeedRoom, number | undefined>>>,
  to: NavItem['to'],
): number =>
  Object.entries(counts).reduce(
    (sum, [room, count]) => (isRoom(room) && ROOMS[room] === to ? sum + (count ?? 0) : sum),
    0,
  )
