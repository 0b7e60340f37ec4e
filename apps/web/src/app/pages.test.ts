import { approvalStatus, outcome, userStatus } from '@chartward/contract'
import { defaultParseSearch } from '@tanstack/react-router'
import { describe, expect, it } from 'vitest'
import { PAGES, type PagePath, type PageSpec } from './pages.ts'

const all = Object.entries<PageSpec>(PAGES)

describe('the places of the console', () => {
  it('have a label and a letter of their own, or neither', () => {
    for (const [path, { label, letter }] of all)
      expect([path, letter === undefined]).toEqual([path, label === undefined])
    const letters = all.flatMap(([, { letter }]) => letter ?? [])
    expect(letters.every((letter) => /^[a-z]$/.test(letter))).toBe(true)
    expect(new Set(letters).size).toBe(letters.length)
  })

  it.each(
    all.flatMap(([path, { actions = [] }]) =>
      actions.map((action) => [action.label, path, action.href] as const),
    ),
  )('offer “%s” on %s by parameters that the page takes', (_, path, href) => {
    const url = new URL(href, 'http://console.invalid')
    expect(url.pathname).toBe(path)
    const given = defaultParseSearch(url.search)
    expect(Object.keys(given)).not.toEqual([])
    expect(PAGES[path as PagePath].search.parse(given)).toEqual(given)
  })
})

describe('the search parameters of a page', () => {
  it.each([
    ['/users', 'status', userStatus.options],
    ['/approvals', 'status', [...approvalStatus.options, 'all']],
    ['/audit', 'outcome', outcome.options],
  ] as const)('of %s take as %s each word that the API knows, and no other', (path, key, words) => {
    for (const word of words) expect(PAGES[path].search.parse({ [key]: word })).toEqual({ [key]: word })
    expect(PAGES[path].search.parse({ [key]: 'other' })).toEqual({ [key]: undefined })
  })

  it('name an actor by an id or as a part of the system, and never by a person’s name', () => {
    const { search } = PAGES['/audit']
    for (const actor of ['0193521b-7c00-7aaa-8aaa-00000000abcd', 'build-export'])
      expect(search.parse({ actor })).toEqual({ actor })
    expect(search.parse({ actor: 'Jane Doe' })).toEqual({ actor: undefined })
  })
})
