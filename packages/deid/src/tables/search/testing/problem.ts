import { fc } from '../../../shared/testing/property.ts'
import type { Model } from '../../format/model.ts'
import { type Attribute, type Level, lossOf } from '../../hierarchy/hierarchy.ts'
import { classesOf } from '../../models/classes-of.ts'
import { compileModels } from '../../models/compile.ts'
import type { Problem, Sensitive, Solution } from '../../problem.ts'
import { coveredOf } from '../labels.ts'

const levelOf = (depth: number, groups: readonly number[]): Level => {
  const count = Math.max(...groups) + 1
  return {
    labels: Array.from({ length: count }, (_, group) => `${depth}.${group}`),
    groups: Int32Array.from(groups),
    sizes: Int32Array.from({ length: count }, (_, group) => groups.filter((other) => other === group).length),
  }
}

/** An attribute by the groups of its values at each level above the values themselves. */
export const attributeOf = (
  name: string,
  codes: readonly number[],
  levels: readonly (readonly number[])[],
  { weight = 1, ranks = [] as readonly number[] } = {},
): Attribute => {
  const size = levels[0]?.length ?? 1
  const values = Array.from({ length: size }, (_, value) => value)
  return {
    name,
    weight,
    codes: Int32Array.from(codes),
    hierarchy: {
      domain: values.map((value) => `${name}${value}`),
      levels: [values, ...levels].map((groups, depth) => levelOf(depth, groups)),
      ranks: Int32Array.from(ranks.length === size ? ranks : values),
    },
  }
}

/** Coarser and coarser partitions of so many values; the top is one group. */
const LEVELS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[0]],
  2: [[0, 0]],
  3: [
    [0, 0, 1],
    [0, 0, 0],
  ],
  4: [
    [0, 1, 1, 2],
    [0, 0, 0, 1],
    [0, 0, 0, 0],
  ],
  5: [
    [0, 0, 1, 1, 2],
    [0, 0, 0, 0, 0],
  ],
}

const GROUPS = [
  [0, 1, 2, 3],
  [0, 0, 1, 1],
  [0, 0, 0, 0],
].map((level) => Int32Array.from(level))

const arbitraryAttribute = (rows: number, at: number): fc.Arbitrary<Attribute> =>
  fc.integer({ min: 1, max: 5 }).chain((size) =>
    fc
      .record({
        codes: fc.array(fc.nat(size - 1), { minLength: rows, maxLength: rows }),
        weight: fc.constantFrom(1, 1, 2, 0.5),
        ranks: fc.shuffledSubarray(
          Array.from({ length: size }, (_, rank) => rank),
          { minLength: size },
        ),
      })
      .map(({ codes, weight, ranks }) =>
        attributeOf('abcd'[at] ?? 'z', codes, LEVELS[size] ?? [], { weight, ranks }),
      ),
  )

const arbitrarySensitive = (rows: number, name: string): fc.Arbitrary<Sensitive> =>
  fc.array(fc.nat(3), { minLength: rows, maxLength: rows }).map((codes) => ({
    name,
    values: ['w', 'x', 'y', 'z'],
    codes: Int32Array.from(codes),
    ranks: Int32Array.from([0, 1, 2, 3]),
    groups: GROUPS,
  }))

const CLASS_MODELS: readonly fc.Arbitrary<Model>[] = [
  fc.integer({ min: 2, max: 5 }).map((k) => ({ kind: 'k-anonymity', k })),
  fc.integer({ min: 2, max: 3 }).map((l) => ({ kind: 'distinct-l-diversity', attribute: 's', l })),
  fc.constantFrom(1.5, 2, 2.5).map((l) => ({ kind: 'entropy-l-diversity', attribute: 's', l })),
  fc
    .record({ c: fc.constantFrom(1, 1.5, 3), l: fc.constantFrom(2, 3) })
    .map(({ c, l }) => ({ kind: 'recursive-l-diversity', attribute: 's', c, l })),
  fc
    .record({
      t: fc.constantFrom(0.1, 0.25, 0.5),
      distance: fc.constantFrom('equal', 'ordered', 'hierarchical'),
    })
    .map(({ t, distance }) => ({ kind: 't-closeness', attribute: 'r', t, distance })),
  fc.integer({ min: 2, max: 3 }).map((minimum) => ({ kind: 'small-cells', attribute: 's', minimum })),
]

const TABLE_MODELS: readonly fc.Arbitrary<Model>[] = [
  fc.constantFrom(0.2, 0.34, 0.5).map((threshold) => ({ kind: 'prosecutor-risk', threshold })),
  fc
    .record({ threshold: fc.constantFrom(0.2, 0.34), share: fc.constantFrom(0, 0.2, 0.5) })
    .map(({ threshold, share }) => ({ kind: 'records-at-risk', threshold, share })),
  fc.constantFrom(0.2, 0.4).map((threshold) => ({ kind: 'marketer-risk', threshold })),
  fc.constantFrom(0.05, 0.1).map((threshold) => ({ kind: 'journalist-risk', threshold, population: 100 })),
  fc.constantFrom('zayatz', 'pitman', 'dankar').map((estimator) => ({
    kind: 'population-uniqueness',
    threshold: 0.05,
    population: 100,
    estimator,
  })),
]

const arbitraryModels: fc.Arbitrary<Model[]> = fc
  .tuple(
    fc.array(fc.oneof(...CLASS_MODELS), { maxLength: 2 }),
    fc.array(fc.oneof(...TABLE_MODELS), { maxLength: 1 }),
  )
  .map(([ofClass, ofTable]) => [...ofClass, ...ofTable])

/**
 * Small tables of up to four quasi-identifiers, two sensitive attributes, and any models; patients may have
 * several rows.
 */
export const arbitraryProblem = (models: fc.Arbitrary<Model[]> = arbitraryModels): fc.Arbitrary<Problem> =>
  fc.integer({ min: 2, max: 30 }).chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      attributes: fc
        .integer({ min: 0, max: 4 })
        .chain((count) =>
          fc.tuple(...Array.from({ length: count }, (_, at) => arbitraryAttribute(rows, at))),
        ),
      sensitive: fc.tuple(arbitrarySensitive(rows, 's'), arbitrarySensitive(rows, 'r')),
      patients: fc.option(
        fc.array(fc.nat(rows), { minLength: rows, maxLength: rows }).map((numbers) => dense(numbers)),
        { nil: null },
      ),
      models,
      suppressionLimit: fc.constantFrom(0, 0, 0.1, 0.3, 1),
    }),
  )

/** Patient numbers from 0 up, without gaps. */
const dense = (numbers: readonly number[]): Int32Array => {
  const known = new Map<number, number>()
  return Int32Array.from(numbers, (number) => {
    const at = known.get(number) ?? known.size
    known.set(number, at)
    return at
  })
}

/** Every combination of levels. */
export const allLevels = ({ attributes }: Problem): number[][] =>
  attributes.reduce<number[][]>(
    (nodes, { hierarchy }) => nodes.flatMap((node) => hierarchy.levels.map((_, level) => [...node, level])),
    [[]],
  )

/**
 * For each row its class where every attribute is at its level: by the text of its groups, and nothing
 * clever.
 */
export const groupRows = ({ rows, attributes }: Problem, levels: readonly number[]) => {
  const known = new Map<string, number>()
  const classOf = Int32Array.from({ length: rows }, (_, row) => {
    const key = attributes
      .map(({ hierarchy, codes }, at) => hierarchy.levels[levels[at] ?? 0]?.groups[codes[row] ?? 0])
      .join()
    const at = known.get(key) ?? known.size
    known.set(key, at)
    return at
  })
  return { classOf, count: known.size }
}

/** The loss of a row at these levels: weighted mean of (covered - 1) / (domain - 1). */
const lossOfRow = ({ attributes }: Problem, levels: readonly number[], row: number): number => {
  const weights = attributes.reduce((sum, { weight }) => sum + weight, 0)
  return attributes.reduce((sum, { hierarchy, codes, weight }, at) => {
    const level = hierarchy.levels[levels[at] ?? 0]
    const covered = level?.sizes[level.groups[codes[row] ?? 0] ?? 0] ?? 0
    return sum + (weight / weights) * lossOf(covered, hierarchy.domain.length)
  }, 0)
}

/**
 * Rows with a value that too few patients of the whole table have for a small-cell minimum: no class can hold
 * them.
 */
const isHopeless = (problem: Problem): boolean[] => {
  const out = Array.from({ length: problem.rows }, () => false)
  for (let changed = true; changed; ) {
    changed = false
    for (const model of problem.models) {
      if (model.kind !== 'small-cells') continue
      const codes = problem.sensitive.find(({ name }) => name === model.attribute)?.codes ?? new Int32Array()
      const kept = Array.from(codes.keys()).filter((row) => out[row] === false)
      for (const row of kept) {
        const alike = kept.filter((other) => codes[other] === codes[row])
        if (new Set(alike.map((other) => problem.patients?.[other] ?? other)).size >= model.minimum) continue
        out[row] = true
        changed = true
      }
    }
  }
  return out
}

/** The least loss of all nodes of the lattice, each tried by itself; null where none is feasible. */
export const bruteForce = (problem: Problem): number | null => {
  const compiled = compileModels(problem)
  const hopeless = isHopeless(problem)
  let best: number | null = null
  for (const levels of allLevels(problem)) {
    const { classOf, count } = groupRows(problem, levels)
    const first = classesOf(
      problem,
      classOf.map((at, row) => (hopeless[row] === true ? -1 : at)),
      count,
    )
    const kept = classOf.map((at, row) =>
      hopeless[row] !== true && compiled.classHolds(first, at) ? at : -1,
    )
    const numbers = [...new Set(kept)].filter((at) => at >= 0)
    const { patients } = classesOf(
      problem,
      kept.map((at) => numbers.indexOf(at)),
      numbers.length,
    )
    const suppressed = kept.filter((at) => at < 0).length
    if (numbers.length === 0 || suppressed > problem.suppressionLimit * problem.rows + 1e-9) continue
    if (compiled.hasTableModels && !compiled.tableHolds(patients)) continue
    const loss = kept.reduce((sum, at, row) => sum + (at < 0 ? 1 : lossOfRow(problem, levels, row)), 0)
    if (best === null || loss / problem.rows < best) best = loss / problem.rows
  }
  return best
}

/** The loss of a solution, cell by cell. */
export const naiveLoss = (problem: Problem, { classOf, recoded }: Solution): number => {
  const weights = problem.attributes.reduce((sum, { weight }) => sum + weight, 0)
  let loss = 0
  for (const at of classOf)
    loss +=
      at < 0
        ? 1
        : problem.attributes.reduce((sum, attribute, which) => {
            const cell = recoded[at]?.[which]
            const covered = cell === undefined ? Number.NaN : coveredOf(attribute, cell)
            return sum + (attribute.weight / weights) * lossOf(covered, attribute.hierarchy.domain.length)
          }, 0)
  return loss / problem.rows
}
