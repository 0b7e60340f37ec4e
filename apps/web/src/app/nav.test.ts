import { builtInPolicy } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { NAV, navFor, opens } from './nav.ts'

const permissionsOf = (role: string): string[] =>
  [...(builtInPolicy.roles[role]?.statements ?? []), ...(builtInPolicy.everyone ?? [])]
    .filter(({ effect }) => effect === 'allow')
    .flatMap(({ permissions }) => [...permissions])

describe('the navigation', () => {
  it.each([
    ['administrator', ['/', '/users', '/approvals']],
    ['privacy-officer', ['/', '/patients', '/exports', '/users', '/approvals', '/audit']],
    ['clinician', ['/', '/patients']],
    ['nurse', ['/', '/patients']],
    ['billing', ['/', '/patients']],
    ['analyst', ['/', '/exports']],
  ])('of %s shows what the role opens', (role, paths) => {
    expect(navFor(permissionsOf(role)).map(({ to }) => to)).toEqual(paths)
  })

  it('without a permission nothing is shown', () => expect(navFor([])).toEqual([]))

  it('a page that names no need stays shut, and every item names one', () => {
    expect(opens([], ['home:summary:read'])).toBe(false)
    expect(NAV.every(({ needs }) => needs.length > 0)).toBe(true)
  })
})
