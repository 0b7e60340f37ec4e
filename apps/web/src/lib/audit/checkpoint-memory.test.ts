import { consistencyProof, leafHash, nodeHash, rootFromLeaves, toBase64 } from '@chartward/audit'
import { describe, expect, it } from 'vitest'
import { continuityOf, forgetHead, recallHead, rememberHead } from './checkpoint-memory.ts'

const leaves = Array.from({ length: 13 }, (_, index) => leafHash(Uint8Array.of(index)))
const nodeAt = (level: number, index: number): Uint8Array => {
  const leaf = leaves[index]
  if (level === 0 && leaf !== undefined) return leaf
  return nodeHash(nodeAt(level - 1, 2 * index), nodeAt(level - 1, 2 * index + 1))
}
const headAt = (size: number) => ({ size, root: rootFromLeaves(leaves.slice(0, size)) })
const seenAt = (size: number) => ({ size, root: toBase64(headAt(size).root) })
const honest = async (from: number, to: number) => consistencyProof(from, to, nodeAt).map(toBase64)
const never = () => Promise.reject(new Error('asked for a proof'))

const memory = () => {
  const values = new Map<string, string>()
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}

describe('the last head that the browser saw', () => {
  it('is remembered as a size and a root, and nothing else', () => {
    const store = memory()
    rememberHead(store, headAt(5))
    expect([...store.values.values()]).toEqual([`5 ${seenAt(5).root}`])
    expect(recallHead(store)).toEqual(seenAt(5))
    forgetHead(store)
    expect(recallHead(store)).toBeNull()
  })
  it('is not taken from what is no head', () => {
    const store = memory()
    rememberHead(store, headAt(5))
    for (const key of store.values.keys()) store.values.set(key, '5 short')
    expect(recallHead(store)).toBeNull()
  })
})

describe('continuity', () => {
  it('has nothing to compare the first time', async () => {
    expect(await continuityOf(null, headAt(5), never)).toEqual({ kind: 'first' })
  })
  it('holds for the same head, with no proof asked for', async () => {
    expect((await continuityOf(seenAt(5), headAt(5), never)).kind).toBe('same')
  })
  it.each([1, 2, 5, 8, 12])('holds for a log that grew from %i entries', async (size) => {
    expect((await continuityOf(seenAt(size), headAt(13), honest)).kind).toBe('extended')
  })
  it('is broken where the log is shorter than before', async () => {
    expect((await continuityOf(seenAt(8), headAt(5), never)).kind).toBe('broken')
  })
  it('is broken where as many entries have another root', async () => {
    expect((await continuityOf({ ...seenAt(5), root: seenAt(6).root }, headAt(5), never)).kind).toBe('broken')
  })
  it('is broken where earlier entries were rewritten', async () => {
    expect((await continuityOf({ ...seenAt(5), root: seenAt(6).root }, headAt(13), honest)).kind).toBe(
      'broken',
    )
    expect((await continuityOf(seenAt(5), headAt(13), async () => ['not a hash'])).kind).toBe('broken')
    expect((await continuityOf(seenAt(5), headAt(13), async () => [])).kind).toBe('broken')
  })
})
