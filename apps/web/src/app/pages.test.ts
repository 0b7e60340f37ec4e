import { approvalStatus, outcome, userStatus } from '@chartward/contract'
import { describe, expect, it } from 'vitest'
import { PAGES } from './pages.ts'

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
