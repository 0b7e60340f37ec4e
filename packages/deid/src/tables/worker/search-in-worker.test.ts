import { describe, expect, it } from 'vitest'
import { hierarchyFromRows } from '../hierarchy/from-rows.ts'
import type { Problem } from '../problem.ts'
import { search } from '../search/search.ts'
import { searchInWorker } from './index.ts'

/** Rows over attributes of `width` values each, in an order without a pattern that a search could use. */
const problemOf = (rows: number, attributes: number, width: number, k: number): Problem => ({
  rows,
  attributes: Array.from({ length: attributes }, (_, at) => ({
    name: `a${at}`,
    weight: 1,
    hierarchy: hierarchyFromRows(
      Array.from({ length: width }, (_value, value) => [
        `v${value}`,
        `pair ${value >> 1}`,
        `four ${value >> 2}`,
        '*',
      ]),
    ),
    codes: Int32Array.from(
      { length: rows },
      (_value, row) => ((row * 7919 + at * 104_729) ^ (row >> at)) % width,
    ),
  })),
  sensitive: [],
  patients: null,
  models: [{ kind: 'k-anonymity', k }],
  suppressionLimit: 0,
})

describe('a search in a thread of its own', () => {
  it.each(['optimal', 'local', 'mondrian'] as const)(
    'finds by %s what it finds in this thread',
    async (method) => {
      const problem = problemOf(300, 3, 8, 4)
      const progress: number[] = []
      const found = await searchInWorker(
        { method, problem, seed: 'seed' },
        { onProgress: ({ done }) => progress.push(done) },
      )
      expect(found).toEqual(search(method, problem, { seed: 'seed' }))
      expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    },
  )

  it('carries a refusal of the search over, with its code', async () => {
    const job = { method: 'optimal', problem: problemOf(20, 2, 8, 500), seed: 'seed' } as const
    await expect(searchInWorker(job)).rejects.toMatchObject({ name: 'DeidError', code: 'bad-model' })
  })

  it('stops where it is aborted, before and in the middle, and rejects with cancelled', async () => {
    const job = { method: 'local', problem: problemOf(60_000, 7, 16, 5), seed: 'seed' } as const
    await expect(searchInWorker(job, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    const cancel = new AbortController()
    const running = searchInWorker(job, { signal: cancel.signal, onProgress: () => cancel.abort() })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('leaves the caller’s thread free meanwhile', async () => {
    let turns = 0
    const ticking = setInterval(() => {
      turns += 1
    }, 1)
    await searchInWorker({ method: 'local', problem: problemOf(5000, 5, 16, 5), seed: 'seed' })
    clearInterval(ticking)
    expect(turns).toBeGreaterThan(0)
  })

  it('rejects with the thread’s own error where it dies', async () => {
    const problem = { ...problemOf(20, 2, 8, 2), models: JSON.parse('[null]') }
    await expect(searchInWorker({ method: 'optimal', problem, seed: 'seed' })).rejects.toBeInstanceOf(
      TypeError,
    )
  })
})
