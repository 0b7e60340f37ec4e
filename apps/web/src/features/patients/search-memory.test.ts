import { describe, expect, it } from 'vitest'
import { ownSearch } from './search-memory.ts'

const kept = { userId: 'one', by: 'name' as const, text: 'Quist', result: { items: [], truncated: false } }

describe('a search that was kept', () => {
  it('is there again for whoever made it', () => expect(ownSearch(kept, 'one', 'name')?.text).toBe('Quist'))

  it('is not there for another person, nor for another kind of search', () => {
    expect(ownSearch(kept, 'two', 'name')).toBeNull()
    expect(ownSearch(kept, 'one', 'mrn')).toBeNull()
    expect(ownSearch(null, 'one', 'name')).toBeNull()
  })
})
