import { describe, expect, it } from 'vitest'
import { EntriesNotStored, requireStored, type StoredRow } from './require-stored.ts'

const row = (key: string, content = 'x'): StoredRow & { readonly content: Buffer } => ({
  key,
  content: Buffer.from(content),
})
const SENT = [row('a'), row('b')]
const NULLED: StoredRow = { key: 'b', content: null }

/** What comes of it where the two statements give this for the rows `a` and `b`. */
const after = (returned: readonly StoredRow[], stored: readonly StoredRow[]) =>
  requireStored(SENT, Promise.resolve(returned), Promise.resolve(stored))

describe('what was inserted', () => {
  it('counts as stored where both statements give all of it, in whatever order', async () => {
    expect(await after([row('b'), row('a')], [row('b'), row('a')])).toHaveLength(2)
  })

  it.each([
    ['one that RETURNING leaves out', [row('a')], SENT],
    ['one that RETURNING gives twice', [row('a'), row('a')], SENT],
    ['another that RETURNING gives', [row('a'), row('c')], SENT],
    ['one more that RETURNING gives', [...SENT, row('c')], SENT],
    ['one that is not there afterwards', SENT, [row('a')]],
    ['another that is there', SENT, [row('a'), row('c')]],
    ['one more that is there', SENT, [...SENT, row('c')]],
    ['one whose content is another', SENT, [row('a'), row('b', 'y')]],
    ['one whose content is gone', SENT, [row('a'), NULLED]],
  ])('does not: %s', async (_, returned, stored) => {
    await expect(after(returned, stored)).rejects.toThrow(EntriesNotStored)
  })
})
