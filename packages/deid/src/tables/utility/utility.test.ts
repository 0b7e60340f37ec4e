import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import type { Attribute, Hierarchy } from '../hierarchy/hierarchy.ts'
import type { Problem, Recoded, Solution } from '../problem.ts'
import { bestOf } from './choose.ts'
import { type Comparison, compareSolutions } from './compare.ts'
import { cellLoss } from './loss.ts'
import { measure } from './measure.ts'
import { nonUniformEntropies } from './non-uniform-entropy.ts'

/** Eight values, then pairs, then fours, then all. */
const hierarchy: Hierarchy = {
  domain: Array.from('abcdefgh'),
  levels: [1, 2, 4, 8].map((width) => ({
    labels: Array.from({ length: 8 / width }, (_, group) => `${width}-${group}`),
    groups: Int32Array.from({ length: 8 }, (_, value) => Math.floor(value / width)),
    sizes: new Int32Array(8 / width).fill(width),
  })),
  ranks: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
}
const constant: Hierarchy = {
  domain: ['only'],
  levels: [{ labels: ['only'], groups: Int32Array.of(0), sizes: Int32Array.of(1) }],
  ranks: Int32Array.of(0),
}

const attributeOf = (name: string, codes: readonly number[], weight = 1, over = hierarchy): Attribute => ({
  name,
  hierarchy: over,
  codes: Int32Array.from(codes),
  weight,
})

const problemOf = (attributes: readonly Attribute[], rest: Partial<Problem> = {}): Problem => ({
  rows: attributes[0]?.codes.length ?? 0,
  attributes,
  sensitive: [],
  patients: null,
  models: [{ kind: 'k-anonymity', k: 2 }],
  suppressionLimit: 1,
  ...rest,
})

const solutionOf = (
  classOf: readonly number[],
  recoded: readonly (readonly Recoded[])[],
  rest: Partial<Solution> = {},
): Solution => ({
  method: 'local',
  classOf: Int32Array.from(classOf),
  recoded,
  levels: null,
  proof: { kind: 'heuristic' },
  loss: 0,
  suppressedRows: classOf.filter((at) => at < 0).length,
  checked: 1,
  ...rest,
})

const level = (height: number, group: number): Recoded => ({ kind: 'level', level: height, group })
const range = (from: number, to: number): Recoded => ({ kind: 'range', from, to })

describe('loss', () => {
  const attribute = attributeOf('a', [0])

  it('a cell loses what it may have been besides: (covered - 1) / (domain - 1)', () => {
    expect(
      [level(0, 5), level(1, 2), level(2, 0), level(3, 0)].map((cell) => cellLoss(attribute, cell)),
    ).toEqual([0, 1 / 7, 3 / 7, 1])
    expect([range(2, 2), range(2, 4), range(0, 7)].map((cell) => cellLoss(attribute, cell))).toEqual([
      0,
      2 / 7,
      1,
    ])
  })

  it('by column and by weight; a suppressed row loses all of every column', () => {
    const problem = problemOf([attributeOf('a', [0, 1, 4, 5]), attributeOf('b', [0, 1, 2, 3], 3)])
    const solution = solutionOf(
      [0, 0, 1, -1],
      [
        [level(1, 0), range(0, 1)],
        [level(0, 4), level(2, 0)],
      ],
    )
    const { loss, lossByColumn } = measure(problem, solution)
    const a = (1 / 7 + 1 / 7 + 0 + 1) / 4
    const b = (1 / 7 + 1 / 7 + 3 / 7 + 1) / 4
    expect(lossByColumn.a).toBeCloseTo(a, 14)
    expect(lossByColumn.b).toBeCloseTo(b, 14)
    expect(loss).toBeCloseTo((a + 3 * b) / 4, 14)
  })

  it('a column of one value has nothing to lose but by suppression', () => {
    const problem = problemOf([attributeOf('c', [0, 0, 0, 0], 1, constant)])
    expect(measure(problem, solutionOf([0, 0, 0, -1], [[level(0, 0)]])).loss).toBe(0.25)
  })

  it('columns that have no weight make no loss', () => {
    const problem = problemOf([attributeOf('a', [0, 7], 0)])
    expect(measure(problem, solutionOf([-1, -1], [])).loss).toBe(0)
  })
})

describe('discernibility and average class', () => {
  const problem = problemOf([attributeOf('a', [0, 0, 1, 1, 1, 7, 7])])
  const solution = solutionOf([0, 0, 1, 1, 1, -1, -1], [[level(0, 0)], [level(0, 1)]])

  it('a row is confused with those of its class, a suppressed one with all', () => {
    expect(measure(problem, solution).discernibility).toBe(2 * 2 + 3 * 3 + 2 * 7)
  })

  it('the average class counts released rows, over k', () => {
    expect(measure(problem, solution).averageClass).toBe(5 / 2 / 2)
  })

  it('without a k there is no average class over k; of nothing it is 0', () => {
    expect(measure({ ...problem, models: [] }, solution).averageClass).toBeNull()
    expect(measure(problem, solutionOf(Array(7).fill(-1), [])).averageClass).toBe(0)
  })
})

describe('non-uniform entropy', () => {
  /** Cell by cell, as it is defined. */
  const slowly = ({ hierarchy: over, codes }: Attribute, { classOf, recoded }: Solution): number => {
    const covers = (cell: Recoded, value: number): boolean => {
      const rank = over.ranks[value] ?? -1
      if (cell.kind === 'range') return rank >= cell.from && rank <= cell.to
      return over.levels[cell.level]?.groups[value] === cell.group
    }
    const bits = (row: number, cell: Recoded | undefined): number => {
      const same = codes.filter((code) => code === codes[row]).length
      const covered = codes.filter((code) => cell === undefined || covers(cell, code)).length
      return -Math.log2(same / covered)
    }
    const rows = Array.from(codes.keys())
    const lost = rows.reduce((sum, row) => sum + bits(row, recoded[classOf[row] ?? -1]?.[0]), 0)
    const most = rows.reduce((sum, row) => sum + bits(row, undefined), 0)
    return most === 0 ? 0 : lost / most
  }

  it('is what adding up cell by cell gives, for levels and for ranges', () => {
    const cells = fc.tuple(fc.nat(7), fc.nat(3), fc.boolean())
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 30 }), fc.nat(30), (rows, suppressed) => {
        const attribute = attributeOf(
          'a',
          rows.map(([value]) => value),
        )
        const recoded = rows.map(([value, height, asRange]): Recoded[] => [
          asRange
            ? range(Math.max(0, value - height), value)
            : level(height, Math.floor(value / 2 ** height)),
        ])
        const kept = recoded.slice(0, Math.max(0, rows.length - suppressed))
        const solution = solutionOf(
          rows.map((_, row) => (row < kept.length ? row : -1)),
          kept,
        )
        const [entropy] = nonUniformEntropies(problemOf([attribute]), solution)
        expect(entropy).toBeCloseTo(slowly(attribute, solution), 10)
      }),
      { numRuns: 300 },
    )
  })

  it('is 0 for what was left as it was, 1 for what was suppressed', () => {
    const attribute = attributeOf('a', [0, 3, 3])
    const problem = problemOf([attribute])
    expect(nonUniformEntropies(problem, solutionOf([0, 1, 1], [[level(0, 0)], [level(0, 3)]]))).toEqual([0])
    expect(nonUniformEntropies(problem, solutionOf([-1, -1, -1], []))).toEqual([1])
    expect(nonUniformEntropies(problemOf([attributeOf('a', [2, 2])]), solutionOf([-1, -1], []))).toEqual([0])
  })

  it('joining a rare value with a common one costs less than joining two common ones, though loss can’t tell', () => {
    const codes = [
      ...Array<number>(50).fill(0),
      1,
      ...Array<number>(25).fill(2),
      ...Array<number>(25).fill(3),
    ]
    const attribute = attributeOf('a', codes)
    const joined = (pair: number) =>
      solutionOf(
        codes.map((code) => (Math.floor(code / 2) === pair ? 0 : code + 1)),
        [[level(1, pair)], ...[0, 1, 2, 3].map((value) => [level(0, value)])],
      )
    const [rare = 0] = nonUniformEntropies(problemOf([attribute]), joined(0))
    const [common = 0] = nonUniformEntropies(problemOf([attribute]), joined(1))
    expect(rare).toBeLessThan(common / 5)
  })
})

describe('alternatives side by side', () => {
  const problem = problemOf([attributeOf('a', [0, 0, 1, 1, 6, 7])], {
    patients: Int32Array.of(0, 0, 1, 2, 3, 3),
  })
  const fine = solutionOf([0, 0, 1, 1, -1, -1], [[level(0, 0)], [level(0, 1)]], {
    method: 'optimal',
    levels: [0],
    proof: { kind: 'best-found', gap: 0.1 },
  })
  const coarse = solutionOf([0, 0, 0, 0, 1, 1], [[level(1, 0)], [range(6, 7)]], { method: 'mondrian' })
  const [first, second] = compareSolutions(problem, [fine, coarse])

  it('each with its proof, its loss, its risks by patients and its class sizes', () => {
    expect(first).toMatchObject({
      method: 'optimal',
      proof: { kind: 'best-found', gap: 0.1 },
      levels: { a: 0 },
      suppressedRows: 2,
      suppressedShare: 1 / 3,
      utility: { loss: 1 / 3, lossByColumn: { a: 1 / 3 }, discernibility: 4 + 4 + 12, averageClass: 1 },
      metrics: { loss: 1 / 3, discernibility: 20, 'average-class': 2 },
      // Class 0 has two rows of one patient.
      risks: { smallestClass: 1, classes: 2, unique: 1 / 3 },
    })
    expect(second).toMatchObject({
      method: 'mondrian',
      levels: null,
      risks: { smallestClass: 1, averageClass: 2 },
    })
    expect(second?.entropyByColumn.a).toBe(second?.metrics['non-uniform-entropy'])
  })

  it('the bins are the same for all, hold every class once and leave none out', () => {
    const starts = [first, second].map((one) => one?.classSizes.map(({ from }) => from))
    expect(starts[0]).toEqual(starts[1])
    for (const one of [first, second]) {
      expect(one?.classSizes.reduce((sum, bin) => sum + bin.classes, 0)).toBe(2)
      one?.classSizes.forEach(({ to }, index) => {
        expect(to).toBe(index + 1 < one.classSizes.length ? (one.classSizes[index + 1]?.from ?? 0) - 1 : null)
      })
    }
    expect(second?.classSizes.filter(({ classes }) => classes > 0)).toEqual([
      { from: 1, to: 1, classes: 1, patients: 1 },
      { from: 3, to: 4, classes: 1, patients: 3 },
    ])
  })

  it('all of it is plain JSON, without a value of the table', () => {
    expect(JSON.parse(JSON.stringify([first, second]))).toEqual([first, second])
    expect(JSON.stringify(first)).not.toMatch(/"[b-h]"/)
  })
})

describe('the choice', () => {
  const problem = problemOf([attributeOf('a', [0, 0, 1, 1, 6, 7])])
  const whole = solutionOf(Array(6).fill(0), [[level(3, 0)]])
  const pairs = solutionOf([0, 0, 1, 1, 2, 2], [[level(0, 0)], [level(0, 1)], [level(1, 3)]])
  const nothing = solutionOf(Array(6).fill(-1), [])
  const of = (solutions: readonly Solution[]): Comparison[] => compareSolutions(problem, solutions)

  it.each(['loss', 'discernibility', 'average-class', 'non-uniform-entropy'] as const)(
    'by %s takes the least',
    (metric) => {
      expect(bestOf(of([whole, pairs]), metric)).toBe(1)
      expect(bestOf(of([pairs, whole]), metric)).toBe(0)
    },
  )

  it.each(['loss', 'average-class'] as const)(
    'by %s a release of nothing is chosen only where there is no other',
    (metric) => {
      expect(bestOf(of([nothing, whole]), metric)).toBe(1)
      expect(bestOf(of([nothing]), metric)).toBe(0)
    },
  )

  it('ties go to less loss, then to the first', () => {
    const looser = solutionOf([0, 0, 1, 1, 2, 2], [[level(1, 0)], [level(1, 0)], [level(1, 3)]])
    expect(bestOf(of([looser, pairs]), 'discernibility')).toBe(1)
    expect(bestOf(of([pairs, { ...pairs, method: 'mondrian' }]), 'loss')).toBe(0)
  })

  it('of none there is no best', () => {
    expect(bestOf([], 'loss')).toBe(-1)
  })
})
