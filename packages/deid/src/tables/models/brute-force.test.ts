import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import type { ClassModel } from '../format/model.ts'
import { classesOf } from './classes-of.ts'
import { compileModels, modelClaims } from './compile.ts'
import { problemOf, sensitiveOf } from './testing/problem.ts'

/*
 * The models once more, slowly: over explicit sets of patients, in whole numbers where there are fractions.
 */

type Fraction = readonly [over: bigint, under: bigint]

const VALUES = 6
/** A tree over six values: pairs, then two and four, then all. */
const TREE = [
  [0, 1, 2, 3, 4, 5],
  [0, 0, 1, 1, 2, 2],
  [0, 0, 1, 1, 1, 1],
  [0, 0, 0, 0, 0, 0],
]

interface Row {
  readonly patient: number
  readonly value: number
  readonly at: number
}

/** How many of these rows' patients have each value: each patient once for each value. */
const countsOf = (rows: readonly Row[]): number[] =>
  Array.from(
    { length: VALUES },
    (_, value) => new Set(rows.filter((row) => row.value === value).map(({ patient }) => patient)).size,
  )

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

/** p - q for each value, over S T. */
const differences = (inClass: readonly number[], inSource: readonly number[]): bigint[] =>
  inClass.map(
    (count, value) =>
      BigInt(count) * BigInt(total(inSource)) - BigInt(inSource[value] ?? 0) * BigInt(total(inClass)),
  )

const abs = (value: bigint) => (value < 0n ? -value : value)

/**
 * Li 2007, 5.2, as it is written: cost(N) = height(N) / H min(pos_extra(N), neg_extra(N)), over all nodes.
 */
const treeWork = (extras: readonly bigint[]): bigint =>
  TREE.slice(1).reduce((work, parents, index) => {
    const children = TREE[index] ?? []
    const extraOf = (child: number) =>
      children.reduce((sum, group, value) => (group === child ? sum + (extras[value] ?? 0n) : sum), 0n)
    const costs = [...new Set(parents)].map((parent) => {
      const below = new Set(children.filter((_, value) => parents[value] === parent))
      const each = [...below].map(extraOf)
      const positive = each.filter((extra) => extra > 0n).reduce((sum, extra) => sum + extra, 0n)
      const negative = each.filter((extra) => extra < 0n).reduce((sum, extra) => sum - extra, 0n)
      const settled = (positive + negative - abs(positive - negative)) / 2n
      return BigInt(index + 1) * settled
    })
    return costs.reduce((sum, cost) => sum + cost, work)
  }, 0n)

const distanceOf = (
  distance: 'equal' | 'ordered' | 'hierarchical',
  inClass: readonly number[],
  inSource: readonly number[],
): Fraction => {
  const extras = differences(inClass, inSource)
  const one = BigInt(total(inClass)) * BigInt(total(inSource))
  switch (distance) {
    case 'equal':
      return [extras.reduce((sum, extra) => sum + abs(extra), 0n), 2n * one]
    case 'ordered':
      return [
        extras.reduce((sum, _, at) => sum + abs(extras.slice(0, at + 1).reduce((a, b) => a + b, 0n)), 0n),
        BigInt(VALUES - 1) * one,
      ]
    case 'hierarchical':
      return [treeWork(extras), BigInt(TREE.length - 1) * one]
  }
}

/** Whether a class holds, with its parameters as whole hundredths where they are fractions. */
const holds = (model: ClassModel, rows: readonly Row[], all: readonly Row[]): boolean => {
  const counts = countsOf(rows)
  const present = counts.filter((count) => count > 0).toSorted((a, b) => b - a)
  switch (model.kind) {
    case 'k-anonymity':
      return new Set(rows.map(({ patient }) => patient)).size >= model.k
    case 'distinct-l-diversity':
      return new Set(rows.map(({ value }) => value)).size >= model.l
    case 'entropy-l-diversity': {
      const shares = present.map((count) => count / total(present))
      return (
        shares.reduce((entropy, share) => entropy - share * Math.log(share), 0) >= Math.log(model.l) - 1e-11
      )
    }
    case 'recursive-l-diversity':
      return 100 * (present[0] ?? 0) < Math.round(100 * model.c) * total(present.slice(model.l - 1))
    case 'small-cells':
      return present.every((count) => count >= model.minimum)
    case 't-closeness': {
      const [over, under] = distanceOf(model.distance, counts, countsOf(all))
      return 100n * over <= BigInt(Math.round(100 * model.t)) * under
    }
  }
}

const reachedBy = (model: ClassModel, rows: readonly Row[], all: readonly Row[]): number => {
  const counts = countsOf(rows)
  const present = counts.filter((count) => count > 0).toSorted((a, b) => b - a)
  switch (model.kind) {
    case 'k-anonymity':
      return new Set(rows.map(({ patient }) => patient)).size
    case 'distinct-l-diversity':
      return present.length
    case 'entropy-l-diversity':
      return Math.exp(
        present.reduce((sum, count) => sum - (count / total(present)) * Math.log(count / total(present)), 0),
      )
    case 'recursive-l-diversity':
      return (present[0] ?? 0) / total(present.slice(model.l - 1))
    case 'small-cells':
      return present.at(-1) ?? 0
    case 't-closeness': {
      const [over, under] = distanceOf(model.distance, counts, countsOf(all))
      return Number(over) / Number(under)
    }
  }
}

const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((whole) => whole / 100)
const attribute = 'a'
const model: fc.Arbitrary<ClassModel> = fc.oneof(
  fc.record({ kind: fc.constant('k-anonymity' as const), k: fc.integer({ min: 2, max: 4 }) }),
  fc.record({
    kind: fc.constant('distinct-l-diversity' as const),
    attribute: fc.constant(attribute),
    l: fc.integer({ min: 2, max: 4 }),
  }),
  fc.record({
    kind: fc.constant('entropy-l-diversity' as const),
    attribute: fc.constant(attribute),
    l: fc.oneof(fc.integer({ min: 2, max: 3 }), hundredths(110, 390)),
  }),
  fc.record({
    kind: fc.constant('recursive-l-diversity' as const),
    attribute: fc.constant(attribute),
    c: hundredths(40, 400),
    l: fc.integer({ min: 2, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('t-closeness' as const),
    attribute: fc.constant(attribute),
    t: hundredths(0, 60),
    distance: fc.constantFrom('equal' as const, 'ordered' as const, 'hierarchical' as const),
  }),
  fc.record({
    kind: fc.constant('small-cells' as const),
    attribute: fc.constant(attribute),
    minimum: fc.integer({ min: 2, max: 3 }),
  }),
)

/**
 * Rows in up to five classes; -1 is suppressed. All values occur, and four patients or more, so that no model
 * is refused beforehand.
 */
const tableOf = (ownPatients: boolean) =>
  fc
    .array(fc.tuple(fc.nat(9), fc.nat(VALUES - 1), fc.integer({ min: -1, max: 4 })), {
      minLength: 1,
      maxLength: 40,
    })
    .map((rows) => {
      const filler = Array.from(
        { length: VALUES * 3 },
        (_, index) => [index % 10, index % VALUES, -1] as const,
      )
      return [...rows, ...filler].map(
        ([patient, value, at], row): Row => ({ patient: ownPatients ? row : patient, value, at }),
      )
    })

/** Rows enough in two classes for models to hold in both. */
const twoClasses = (ownPatients: boolean) =>
  fc
    .array(fc.tuple(fc.nat(9), fc.nat(VALUES - 1), fc.nat(1)), { minLength: 24, maxLength: 60 })
    .map((rows) =>
      rows.map(([patient, value, at], row): Row => ({ patient: ownPatients ? row : patient, value, at })),
    )
    .filter((rows) => new Set(rows.map(({ value }) => value)).size === VALUES)

/** Classes numbered without gaps. */
const numbered = (rows: readonly Row[]): readonly Row[] => {
  const used = [...new Set(rows.map(({ at }) => at).filter((at) => at >= 0))].toSorted()
  return rows.map((row) => ({ ...row, at: used.indexOf(row.at) }))
}

const prepared = (models: readonly ClassModel[], rows: readonly Row[], ownPatients: boolean) => {
  const sensitive = sensitiveOf(
    attribute,
    rows.map(({ value }) => value),
    VALUES,
    TREE,
  )
  const other = sensitiveOf(
    'unnamed',
    rows.map(() => 0),
    1,
  )
  const patients = ownPatients ? null : rows.map(({ patient }) => patient)
  const problem = problemOf(models, [other, sensitive], { patients })
  const count = Math.max(-1, ...rows.map(({ at }) => at)) + 1
  const classes = classesOf(
    problem,
    Int32Array.from(rows, ({ at }) => at),
    count,
  )
  return { problem, classes }
}

describe.each([
  ['every row a patient of its own', true],
  ['patients of several rows', false],
])('%s', (_, ownPatients) => {
  it('each class model says of each class what counting sets of patients says', () => {
    fc.assert(
      fc.property(tableOf(ownPatients), fc.array(model, { minLength: 1, maxLength: 3 }), (table, models) => {
        const rows = numbered(table)
        const { problem, classes } = prepared(models, rows, ownPatients)
        const compiled = compileModels(problem)
        for (let at = 0; at < classes.count; at++) {
          const members = rows.filter((row) => row.at === at)
          const expected = models.every((asked) => holds(asked, members, rows))
          expect(compiled.classHolds(classes, at)).toBe(expected)
          const patients = new Set(members.map(({ patient }) => patient)).size
          if (patients < compiled.minimumPatients) expect(expected).toBe(false)
          if (compiled.bySizeAlone) expect(expected).toBe(patients >= compiled.minimumPatients)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('what was reached is what the worst class reaches', () => {
    fc.assert(
      fc.property(tableOf(ownPatients), model, (table, asked) => {
        const rows = numbered(table)
        const { problem, classes } = prepared([asked], rows, ownPatients)
        const each = Array.from({ length: classes.count }, (_, at) =>
          reachedBy(
            asked,
            rows.filter((row) => row.at === at),
            rows,
          ),
        )
        const greatest = asked.kind === 't-closeness' || asked.kind === 'recursive-l-diversity'
        const expected = each.length === 0 ? 0 : greatest ? Math.max(...each) : Math.min(...each)
        const [claim] = modelClaims(problem, classes)
        if (expected === Number.POSITIVE_INFINITY) expect(claim?.reached).toBe(expected)
        else expect(claim?.reached).toBeCloseTo(expected, 12)
      }),
      { numRuns: 300 },
    )
  })

  it('where models are said to be monotone, joining two classes that hold gives one that holds', () => {
    const joined = new Map<string, number>()
    fc.assert(
      fc.property(
        twoClasses(ownPatients),
        fc.array(model, { minLength: 1, maxLength: 2 }),
        (rows, models) => {
          const { problem, classes } = prepared(models, rows, ownPatients)
          const compiled = compileModels(problem)
          if (!compiled.monotone || classes.count < 2) return
          if (!compiled.classHolds(classes, 0) || !compiled.classHolds(classes, 1)) return
          for (const { kind } of models) joined.set(kind, (joined.get(kind) ?? 0) + 1)
          const whole = classesOf(
            problem,
            Int32Array.from(rows, ({ at }) => Math.min(at, 0)),
            1,
          )
          expect(compiled.classHolds(whole, 0)).toBe(true)
        },
      ),
      { numRuns: 2500 },
    )
    // Each of them was seen to hold, or nothing was tested.
    const said = ['k-anonymity', 'distinct-l-diversity', 'small-cells']
    const adding = ['entropy-l-diversity', 'recursive-l-diversity', 't-closeness']
    for (const kind of ownPatients ? [...said, ...adding] : said)
      expect(joined.get(kind) ?? 0, kind).toBeGreaterThan(20)
  })
})
