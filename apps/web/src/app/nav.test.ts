import { builtInPolicy } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { actionsFor, NAV, navFor, opens, placesFor, waitingAt } from './nav.ts'

const permissionsOf = (role: string): string[] =>
  [...(builtInPolicy.roles[role]?.statements ?? []), ...(builtInPolicy.everyone ?? [])]
    .filter(({ effect }) => effect === 'allow')
    .flatMap(({ permissions }) => [...permissions])

describe('the navigation', () => {
  it.each([
    ['administrator', ['/', '/users', '/sessions', '/approvals', '/imports', '/keys', '/work', '/backups']],
    [
      'privacy-officer',
      [
        '/',
        '/patients',
        '/exports',
        '/users',
        '/approvals',
        '/destruction',
        '/break-glass',
        '/audit',
        '/keys',
        '/bundles',
        '/work',
        '/backups',
      ],
    ],
    ['clinician', ['/', '/patients']],
    ['nurse', ['/', '/patients']],
    ['billing', ['/', '/patients', '/claims']],
    ['analyst', ['/', '/exports', '/work']],
  ])('of %s shows what the role opens', (role, paths) => {
    expect(navFor(permissionsOf(role)).map(({ to }) => to)).toEqual(paths)
  })

  it('without a permission nothing is shown', () => expect(navFor([])).toEqual([]))

  it('a page that names no need stays shut, and every item names one', () => {
    expect(opens([], ['home:summary:read'])).toBe(false)
    expect(NAV.every(({ needs }) => needs.length > 0)).toBe(true)
  })
})

describe('the places and actions of the palette', () => {
  it.each([
    ['administrator', ['Invite a user', 'Import people', 'Upload records']],
    ['privacy-officer', ['Verify the log', 'Show what was refused']],
    ['clinician', ['Find a patient in an emergency']],
    ['analyst', ['Request an export']],
  ])('are for %s those that the role may', (role, labels) => {
    const permissions = permissionsOf(role)
    expect(actionsFor(permissions).map(({ label }) => label)).toEqual(labels)
    expect(placesFor(permissions).map(({ to }) => to)).toEqual([
      ...navFor(permissions).map(({ to }) => to),
      '/account',
    ])
  })

  it('are none without a permission', () => expect([actionsFor([]), placesFor([])]).toEqual([[], []]))
})

it('a page’s badge counts what waits in its room alone', () => {
  const counts = { approvals: 3, exports: 1 }
  expect([
    waitingAt(counts, '/approvals'),
    waitingAt(counts, '/exports'),
    waitingAt(counts, '/users'),
  ]).toEqual([3, 1, 0])
})
