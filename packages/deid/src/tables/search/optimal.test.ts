import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { DeidError } from '../../shared/errors.ts'
import { fc } from '../../shared/testing/property.ts'
import type { Problem, Solution } from '../problem.ts'
import { searchOptimal } from './optimal.ts'
import { ADULT, hasAdult, QUASI_IDENTIFIERS, readAdult } from './testing/adult.ts'
import { arbitraryProblem, attributeOf, bruteForce, naiveLoss } from './testing/problem.ts'

/** What a search gives, or the code of what it throws. */
const solve = (problem: Problem, options: { maxNodes?: number } = {}): Solution | string => {
  try {
    return searchOptimal(problem, { seed: 'seed', ...options })
  } catch (error) {
    if (error instanceof DeidError) return error.code
    throw error
  }
}

const REFUSED = ['bad-model', 'contradictory-models']

describe('the optimal search', () => {
  it('finds the best of all nodes of the lattice, for every model, limit and weight, or says that there is none', () => {
    let solved = 0
    let unsolved = 0
    fc.assert(
      fc.property(arbitraryProblem(), (problem) => {
        const found = solve(problem)
        if (typeof found === 'string') {
          if (REFUSED.includes(found)) return
          unsolved++
          expect(found).toBe('no-solution')
          expect(bruteForce(problem)).toBeNull()
          return
        }
        solved++
        expect(found.proof).toEqual({ kind: 'optimal' })
        expect(found.loss).toBeCloseTo(bruteForce(problem) ?? Number.NaN, 11)
        expect(found.loss).toBeCloseTo(naiveLoss(problem, found), 11)
      }),
      { numRuns: 1500 },
    )
    expect(Math.min(solved, unsolved)).toBeGreaterThan(20)
  })

  it('under a budget of nodes names a gap that the best of all nodes lies within, and never says optimal in vain', () => {
    let cut = 0
    fc.assert(
      fc.property(arbitraryProblem(), fc.integer({ min: 1, max: 12 }), (problem, maxNodes) => {
        const found = solve(problem, { maxNodes })
        if (typeof found === 'string') return
        const best = bruteForce(problem) ?? Number.NaN
        if (found.proof.kind === 'optimal') expect(found.loss).toBeCloseTo(best, 11)
        if (found.proof.kind !== 'best-found') return
        cut++
        expect(found.loss - best).toBeLessThanOrEqual(found.proof.gap + 1e-9)
      }),
      { numRuns: 500 },
    )
    expect(cut).toBeGreaterThan(30)
  })

  it('ends at its time, with what it has found and a gap', () => {
    let now = 0
    const problem: Problem = {
      rows: 8,
      attributes: ['a', 'b', 'c'].map((name, at) =>
        attributeOf(
          name,
          Array.from({ length: 8 }, (_, row) => (row >> at) & 1),
          [[0, 0]],
        ),
      ),
      sensitive: [],
      patients: null,
      models: [{ kind: 'k-anonymity', k: 2 }],
      suppressionLimit: 0,
    }
    const found = searchOptimal(problem, { seed: '', clock: () => now++, maxMilliseconds: 1 })
    expect(found.proof).toEqual({ kind: 'best-found', gap: 1 })
    expect(searchOptimal(problem, { seed: '' }).loss).toBeCloseTo(1 / 3, 12)
  })

  it('says what is wrong where even the tops of all hierarchies suppress too much', () => {
    const problem: Problem = {
      rows: 4,
      attributes: [attributeOf('a', [0, 1, 2, 3], [[0, 0, 1, 2]])],
      sensitive: [],
      patients: null,
      models: [{ kind: 'k-anonymity', k: 2 }],
      suppressionLimit: 0.25,
    }
    expect(() => searchOptimal(problem, { seed: '' })).toThrow(
      'Even at the top of every hierarchy too many rows are in classes of fewer than 2 patients: no more than 1 of 4 rows may be suppressed.',
    )
    expect(searchOptimal({ ...problem, suppressionLimit: 0.5 }, { seed: '' }).suppressedRows).toBe(2)
  })
})

interface Reference {
  readonly mode: string
  readonly qi: string
  readonly k: number
  readonly suppressionLimit: number
  readonly loss: number
}

describe.skipIf(!hasAdult)('ARX (skipped where ../shared/data is absent)', () => {
  const cases: Reference[] = hasAdult
    ? JSON.parse(readFileSync(new URL('arx-reference.json', ADULT), 'utf8')).results.filter(
        ({ mode }: Reference) => mode === 'global',
      )
    : []
  let problemOf: Awaited<ReturnType<typeof readAdult>>
  beforeAll(async () => {
    problemOf = await readAdult()
  })

  it('has a case for each set, k and limit', () => expect(cases.length).toBe(24))

  it.each(cases)(
    'is equalled in loss: $qi, k $k, limit $suppressionLimit',
    ({ qi, k, suppressionLimit, loss }) => {
      const found = searchOptimal(problemOf(QUASI_IDENTIFIERS[qi] ?? [], k, suppressionLimit), { seed: '' })
      expect(found.proof).toEqual({ kind: 'optimal' })
      expect(Math.abs(found.loss - loss)).toBeLessThan(1e-9)
    },
  )
})
