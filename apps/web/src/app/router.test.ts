import { PERMISSIONS } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { NAV, opens } from './nav.ts'
import { PAGE_PATHS } from './pages.ts'
import { router } from './router.tsx'

/** By path, what the route itself carries: the shell asks it before a page is mounted. */
const needs = new Map(
  Object.entries(router.routesByPath).map(([path, { options }]) => [path, options.staticData?.needs ?? []]),
)

describe('the routes', () => {
  it('are the pages, one each', () => expect([...needs.keys()].sort()).toEqual([...PAGE_PATHS].sort()))

  it.each(PAGE_PATHS)('%s needs a permission', (path) => {
    expect(needs.get(path)).not.toEqual([])
    expect(opens(needs.get(path) ?? [], [])).toBe(false)
  })

  it.each(NAV)('$to opens from the navigation exactly when its route does', (item) => {
    const alone = Object.keys(PERMISSIONS).map((permission) => [permission])
    const opened = alone.filter((permissions) => opens(item.needs, permissions))
    expect(opened).not.toEqual([])
    expect(opened).toEqual(alone.filter((permissions) => opens(needs.get(item.to) ?? [], permissions)))
  })
})
