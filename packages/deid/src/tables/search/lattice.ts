import { type Attribute, type Level, lossOf } from '../hierarchy/hierarchy.ts'
import type { Problem } from '../problem.ts'
import { PairIndex } from './pair-index.ts'
import type { Stage, Units } from './units.ts'

/**
 * One attribute at one level: the distinct pairs of a prefix (of the raw values of all attributes before) and
 * a group of the level.
 */
export interface Sheet {
  readonly count: number
  /** For each pair, its prefix of the stage before. */
  readonly parents: Int32Array
  readonly groups: Int32Array
  readonly groupCount: number
  readonly rows: Int32Array
  /** The patient of each pair, ascending; null where every row is a patient of its own. */
  readonly patients: Int32Array | null
  /** For each prefix of this attribute's own stage, the pair that holds it. */
  readonly pairOf: Int32Array
  /** For each group, its share of a row's loss. */
  readonly losses: Float64Array
}

/** What a row loses, over all attributes, is from 0 to 1: each attribute has its share by its weight. */
export const sharesOf = ({ attributes }: Problem): number[] => {
  const total = attributes.reduce((sum, { weight }) => sum + weight, 0)
  return attributes.map(({ weight }) => (total > 0 ? weight / total : 1 / attributes.length))
}

/**
 * The lattice of levels, an axis for each stage of the units. Its nodes are counted from the first axes on,
 * and a sheet has no more pairs than there are distinct prefixes so far: nodes near the root of the tree of
 * prefixes cost next to nothing.
 */
export interface Lattice {
  readonly units: Units
  /** Rows in units. */
  readonly totalRows: number
  /** The attribute of each axis. */
  readonly attributes: readonly number[]
  /** For each axis and level, what all rows lose in that attribute if none are suppressed. */
  readonly losses: readonly (readonly number[])[]
  /** Made when it is first asked for: most searches never look at the finest levels of the last axes. */
  sheet(axis: number, level: number): Sheet | null
}

const rowsByStage = ({ stages, tuples, rows }: Units): Int32Array[] => {
  const byStage = stages.map(({ count }) => new Int32Array(count))
  const add = (into: Int32Array | undefined, at: number, more: number): void => {
    if (into !== undefined) into[at] = (into[at] ?? 0) + more
  }
  for (let unit = 0; unit < tuples.length; unit++) add(byStage.at(-1), tuples[unit] ?? 0, rows[unit] ?? 0)
  for (let depth = stages.length - 1; depth > 0; depth--) {
    const { parents, count } = stages[depth] ?? { parents: new Int32Array(), count: 0 }
    for (let prefix = 0; prefix < count; prefix++)
      add(byStage[depth - 1], parents[prefix] ?? 0, byStage[depth]?.[prefix] ?? 0)
  }
  return byStage
}

const patientsByStage = ({ root, stages }: Units): (Int32Array | null)[] => {
  let above = root.patients
  return stages.map(({ parents }) => {
    if (above === null) return null
    const known: Int32Array = above
    above = parents.map((parent) => known[parent] ?? 0)
    return above
  })
}

interface SheetInput {
  readonly stage: Stage
  readonly level: Level
  /** Prefixes of the stage before. */
  readonly above: number
  readonly share: number
  readonly rows: Int32Array
  readonly patients: Int32Array | null
}

const makeSheet = (index: PairIndex, { stage, level, above, share, rows, patients }: SheetInput): Sheet => {
  const { groups, sizes, labels } = level
  const { count, parents, codes } = stage
  const pairOf = new Int32Array(count)
  index.clear(above, labels.length)
  for (let prefix = 0; prefix < count; prefix++)
    pairOf[prefix] = index.add(parents[prefix] ?? 0, groups[codes[prefix] ?? 0] ?? 0)
  const pairs = index.count
  const pairRows = new Int32Array(pairs)
  const pairPatients = patients === null ? null : new Int32Array(pairs)
  for (let prefix = 0; prefix < count; prefix++) {
    const pair = pairOf[prefix] ?? 0
    pairRows[pair] = (pairRows[pair] ?? 0) + (rows[prefix] ?? 0)
    if (pairPatients !== null) pairPatients[pair] = patients?.[prefix] ?? 0
  }
  return {
    count: pairs,
    parents: index.ids.slice(0, pairs),
    groups: index.codes.slice(0, pairs),
    groupCount: labels.length,
    rows: pairRows,
    patients: pairPatients,
    pairOf,
    losses: Float64Array.from(sizes, (size) => share * lossOf(size, groups.length)),
  }
}

/** What all rows lose in an attribute at each level. */
const lossesOf = ({ hierarchy }: Attribute, codes: Int32Array, units: Units, share: number): number[] => {
  const rows = new Float64Array(hierarchy.domain.length)
  for (let unit = 0; unit < units.count; unit++)
    rows[codes[unit] ?? 0] = (rows[codes[unit] ?? 0] ?? 0) + (units.rows[unit] ?? 0)
  return hierarchy.levels.map(({ groups, sizes }) =>
    rows.reduce(
      (sum, count, value) => sum + count * share * lossOf(sizes[groups[value] ?? 0] ?? 1, groups.length),
      0,
    ),
  )
}

/** The lattice of a problem over its units. */
export const buildLattice = (problem: Problem, units: Units): Lattice => {
  const shares = sharesOf(problem)
  const rows = rowsByStage(units)
  const patients = patientsByStage(units)
  const index = new PairIndex()
  const made = new Map<string, Sheet>()
  return {
    units,
    totalRows: problem.rows - units.hopeless,
    attributes: units.stages.map(({ attribute }) => attribute),
    losses: units.stages.map(({ attribute }) => {
      const bound = problem.attributes[attribute]
      const codes = units.codes[attribute]
      return bound === undefined || codes === undefined
        ? []
        : lossesOf(bound, codes, units, shares[attribute] ?? 0)
    }),
    sheet: (axis, at) => {
      const key = `${axis}/${at}`
      const known = made.get(key)
      if (known !== undefined) return known
      const stage = units.stages[axis]
      const level = problem.attributes[stage?.attribute ?? -1]?.hierarchy.levels[at]
      if (stage === undefined || level === undefined) return null
      const sheet = makeSheet(index, {
        stage,
        level,
        above: axis === 0 ? units.root.count : (units.stages[axis - 1]?.count ?? 1),
        share: shares[stage.attribute] ?? 0,
        rows: rows[axis] ?? new Int32Array(),
        patients: patients[axis] ?? null,
      })
      made.set(key, sheet)
      return sheet
    },
  }
}
