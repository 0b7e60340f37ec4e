import { beforeAll, describe, expect, it } from 'vitest'
import { DeidError } from '../../shared/errors.ts'
import { fc } from '../../shared/testing/property.ts'
import type { Model } from '../format/model.ts'
import type { Method, Problem, Progress, Solution } from '../problem.ts'
import { search } from './search.ts'
import { hasAdult, QUASI_IDENTIFIERS, readAdult } from './testing/adult.ts'
import { holdsNaively, patientsIn, rowsByLabels } from './testing/naive-models.ts'
import { arbitraryProblem, attributeOf, naiveLoss } from './testing/problem.ts'

const METHODS: readonly Method[] = ['optimal', 'local', 'mondrian']

const solve = (method: Method, problem: Problem): Solution | string => {
  try {
    return search(method, problem, { seed: 'seed' })
  } catch (error) {
    if (error instanceof DeidError) return error.code
    throw error
  }
}

/** Patients with a row each, or with several. */
const plain = (models: readonly Model[], patients: readonly number[] | null = null): Problem => ({
  rows: 12,
  attributes: [
    attributeOf(
      'a',
      [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1],
      [
        [0, 0, 1, 1, 2],
        [0, 0, 0, 0, 0],
      ],
    ),
    attributeOf('b', [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1], [[0, 0]]),
  ],
  sensitive: [],
  patients: patients === null ? null : Int32Array.from(patients),
  models,
  suppressionLimit: 0,
})

describe.each(METHODS)('the %s search', (method) => {
  it('releases no class that fails any model, by its definition over distinct patients', () => {
    let solved = 0
    fc.assert(
      fc.property(arbitraryProblem(), (problem) => {
        const found = solve(method, problem)
        if (typeof found === 'string') {
          expect(['bad-model', 'contradictory-models', 'no-solution']).toContain(found)
          return
        }
        solved++
        const classes = rowsByLabels(problem, found)
        for (const model of problem.models)
          for (const rows of classes) expect(holdsNaively(problem, model, rows)).toBe(true)
        const sizes = classes.map((rows) => patientsIn(problem, rows))
        const marketer = problem.models.find(({ kind }) => kind === 'marketer-risk')
        if (marketer?.kind === 'marketer-risk')
          expect(sizes.length / sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(
            marketer.threshold + 1e-9,
          )
      }),
      { numRuns: 400 },
    )
    expect(solved).toBeGreaterThan(150)
  })

  it('suppresses no more than it may, covers each row it releases, and counts its own loss right', () => {
    fc.assert(
      fc.property(arbitraryProblem(), (problem) => {
        const found = solve(method, problem)
        if (typeof found === 'string') return
        const suppressed = found.classOf.filter((at) => at < 0).length
        expect(found.suppressedRows).toBe(suppressed)
        expect(suppressed).toBeLessThanOrEqual(problem.suppressionLimit * problem.rows + 1e-9)
        expect(suppressed).toBeLessThan(problem.rows)
        expect(found.loss).toBeCloseTo(naiveLoss(problem, found), 11)
        problem.attributes.forEach(({ hierarchy, codes }, which) => {
          found.classOf.forEach((at, row) => {
            const cell = found.recoded[at]?.[which]
            if (at < 0) return
            const code = codes[row] ?? -1
            const rank = hierarchy.ranks[code] ?? -1
            if (cell?.kind === 'range') expect(cell.from <= rank && rank <= cell.to).toBe(true)
            else expect(hierarchy.levels[cell?.level ?? -1]?.groups[code]).toBe(cell?.group)
          })
        })
      }),
      { numRuns: 300 },
    )
  })

  it('finds a solution to every size of class that the whole table has', () => {
    const bySize = fc.integer({ min: 2, max: 6 }).map((k): Model[] => [{ kind: 'k-anonymity', k }])
    fc.assert(
      fc.property(arbitraryProblem(bySize), (problem) => {
        const found = solve(method, problem)
        expect(typeof found === 'string' ? found : 'solved').toMatch(/^solved$|^bad-model$/)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same solution to the same problem and seed', () => {
    fc.assert(
      fc.property(arbitraryProblem(), (problem) => {
        expect(solve(method, problem)).toEqual(solve(method, problem))
      }),
      { numRuns: 100 },
    )
  })

  it('counts a patient once, however many rows are of them', () => {
    const models: Model[] = [{ kind: 'k-anonymity', k: 3 }]
    const each = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
    const attributes = [
      attributeOf('a', each, [
        [0, 1, 1],
        [0, 0, 0],
      ]),
    ]
    const rows = { ...plain(models), attributes }
    expect(search(method, rows, { seed: '' }).loss).toBe(0)
    expect(search(method, { ...rows, patients: Int32Array.from(each) }, { seed: '' }).loss).toBe(1)
    const two = plain(models, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    expect(() => search(method, two, { seed: '' })).toThrow(expect.objectContaining({ code: 'bad-model' }))
  })

  it('refuses a k above the population, and an empty table, with the cause', () => {
    expect(() => search(method, plain([{ kind: 'k-anonymity', k: 13 }]), { seed: '' })).toThrow(
      expect.objectContaining({ code: 'bad-model' }),
    )
    const empty = { ...plain([]), rows: 0, attributes: [attributeOf('a', [], [[0, 0]])] }
    expect(() => search(method, empty, { seed: '' })).toThrow(
      expect.objectContaining({ code: 'empty-table' }),
    )
  })

  it('changes nothing where no model asks for it, and where an attribute has one value', () => {
    expect(search(method, plain([]), { seed: '' }).loss).toBe(0)
    const alike = {
      ...plain([{ kind: 'k-anonymity', k: 12 }]),
      attributes: [attributeOf('a', Array(12).fill(0), [[0]])],
    }
    expect(search(method, alike, { seed: '' })).toMatchObject({ loss: 0, suppressedRows: 0 })
  })

  it('finds one class where there are no quasi-identifiers', () => {
    const found = search(method, { ...plain([{ kind: 'k-anonymity', k: 5 }]), attributes: [] }, { seed: '' })
    expect(found).toMatchObject({ loss: 0, suppressedRows: 0, recoded: [[]] })
  })

  it('suppresses rows with a value too rare for the small-cell minimum, and no others with them', () => {
    const codes = Int32Array.from([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2])
    const sensitive = [{ name: 's', values: ['x', 'y', 'z'], codes, ranks: null, groups: null }]
    const problem: Problem = {
      ...plain([{ kind: 'small-cells', attribute: 's', minimum: 5 }]),
      sensitive,
      suppressionLimit: 0.1,
    }
    const found = search(method, problem, { seed: '' })
    expect(Array.from(found.classOf.keys()).filter((row) => found.classOf[row] === -1)).toEqual([11])
  })

  it('says no-solution where the models cannot be held within the limit', () => {
    const codes = Int32Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2])
    const sensitive = [{ name: 's', values: ['x', 'y', 'z'], codes, ranks: null, groups: null }]
    const problem: Problem = {
      ...plain([{ kind: 'entropy-l-diversity', attribute: 's', l: 2 }]),
      sensitive,
    }
    expect(() => search(method, problem, { seed: '' })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^no-solution$|^contradictory-models$/) }),
    )
  })

  it('reports progress that never falls and ends at 1', () => {
    fc.assert(
      fc.property(arbitraryProblem(), (problem) => {
        const seen: Progress[] = []
        const onProgress = (progress: Progress): void => void seen.push(progress)
        try {
          search(method, problem, { seed: '', onProgress })
        } catch (error) {
          expect(error).toBeInstanceOf(DeidError)
          return
        }
        const done = seen.map((progress) => progress.done)
        expect(done).toEqual(done.toSorted((a, b) => a - b))
        expect(seen.at(-1)?.done).toBe(1)
        expect(seen.every((progress) => progress.method === method)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('stops where it is cancelled, whenever that is', () => {
    const problem = plain([{ kind: 'k-anonymity', k: 3 }])
    let asked = 0
    search(method, problem, { seed: '', cancelled: () => ++asked < 0 })
    expect(asked).toBeGreaterThan(1)
    for (let at = 1; at <= asked; at++) {
      let left = at
      expect(() => search(method, problem, { seed: '', cancelled: () => --left === 0 })).toThrow(
        expect.objectContaining({ code: 'cancelled' }),
      )
    }
  })

  it('still holds every model where its time is up at once', () => {
    const problem = plain([{ kind: 'k-anonymity', k: 3 }])
    const found = search(method, problem, { seed: '', clock: () => 5, maxMilliseconds: 0 })
    for (const rows of rowsByLabels(problem, found)) expect(rows.length).toBeGreaterThanOrEqual(3)
  })
})

describe.each(['optimal', 'local'] as const)('the %s search', (method) => {
  it('never joins what its hierarchy does not join', () => {
    const problem: Problem = {
      ...plain([{ kind: 'k-anonymity', k: 2 }]),
      attributes: [attributeOf('a', [0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 3, 4], [[0, 0, 1, 1, 2]])],
      suppressionLimit: 0.1,
    }
    const found = search(method, problem, { seed: '' })
    expect(found.classOf[11]).toBe(-1)
    expect(found.suppressedRows).toBe(1)
    expect(() => search(method, { ...problem, suppressionLimit: 0 }, { seed: '' })).toThrow(
      expect.objectContaining({ code: 'no-solution' }),
    )
  })
})

describe.skipIf(!hasAdult)('the adult table (skipped where ../shared/data is absent)', () => {
  let problemOf: Awaited<ReturnType<typeof readAdult>>
  beforeAll(async () => {
    problemOf = await readAdult()
  })

  it.each([
    ['local', 'q9', 5, 0.062],
    ['local', 'q9', 10, 0.097],
    ['local', 'q8', 5, 0.033],
    ['local', 'q8', 10, 0.05],
    ['local', 'q7', 5, 0.03],
    ['local', 'q7', 10, 0.046],
    ['mondrian', 'q8', 5, 0.033],
    ['mondrian', 'q8', 10, 0.058],
    ['mondrian', 'first8', 5, 0.033],
    ['mondrian', 'first8', 10, 0.058],
  ] as const)(
    '%s recoding of %s at k %i, without suppression, loses no more than %d',
    (method, set, k, most) => {
      const problem = problemOf(QUASI_IDENTIFIERS[set] ?? [], k, 0)
      const found = search(method, problem, { seed: '' })
      expect(found.loss).toBeLessThanOrEqual(most)
      expect(found.suppressedRows).toBe(0)
      for (const rows of rowsByLabels(problem, found)) expect(rows.length).toBeGreaterThanOrEqual(k)
    },
  )

  it('is divided alike by patients with several rows, each counted once', () => {
    const single = problemOf(QUASI_IDENTIFIERS.q7 ?? [], 5, 0)
    const problem = { ...single, patients: Int32Array.from({ length: single.rows }, (_, row) => row >> 1) }
    for (const method of METHODS) {
      const found = search(method, problem, { seed: '' })
      for (const rows of rowsByLabels(problem, found))
        expect(patientsIn(problem, rows)).toBeGreaterThanOrEqual(5)
    }
  })
})
