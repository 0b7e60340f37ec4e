import type { CompiledModels } from '../models/compile.ts'
import type { Lattice } from './lattice.ts'
import type { Walker } from './state.ts'
import { createTally, type Tally } from './tally.ts'

/**
 * A node of the lattice that is feasible: something is released, no more is suppressed than may be, and all
 * models hold.
 */
export interface Assessed {
  /** For each unit its class, or -1 where it is suppressed. */
  readonly classOf: Int32Array
  readonly classes: number
  /** What all rows lose, suppressed ones 1 each. */
  readonly cost: number
}

/** Classes are counted in lots of so many: most nodes that fail do so in the first. */
const LOT = 32

/** Asks all models of states of a walker. */
export interface Assessor {
  /**
   * The state at the walker's full depth. Where it turns out infeasible, or to cost more than `ceiling`,
   * null.
   */
  leaf(walker: Walker, ceiling: number): Assessed | null
  /**
   * Whether every node below this state suppresses too much: under monotone models each class that fails here
   * leaves, in every node below, at least one that fails there, and so at least one row to suppress.
   */
  breaks(walker: Walker, depth: number): boolean
}

/** Members of each class, in the order of units. */
const membersOf = (classOf: Int32Array, classes: number): { starts: Int32Array; members: Int32Array } => {
  const starts = new Int32Array(classes + 1)
  for (let unit = 0; unit < classOf.length; unit++) {
    const after = (classOf[unit] ?? -1) + 1
    if (after > 0) starts[after] = (starts[after] ?? 0) + 1
  }
  for (let at = 0; at < classes; at++) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0)
  const next = starts.slice()
  const members = new Int32Array(starts[classes] ?? 0)
  for (let unit = 0; unit < classOf.length; unit++) {
    const at = classOf[unit] ?? -1
    if (at < 0) continue
    members[next[at] ?? 0] = unit
    next[at] = (next[at] ?? 0) + 1
  }
  return { starts, members }
}

/** For each depth, the prefix of each unit. */
const prefixesOf = ({ units }: Lattice): Int32Array[] => {
  const prefixes = [units.tuples]
  for (const { parents } of units.stages.toReversed())
    prefixes.unshift((prefixes[0] ?? units.tuples).map((prefix) => parents[prefix] ?? 0))
  return prefixes
}

export const createAssessor = (
  lattice: Lattice,
  compiled: CompiledModels,
  mostSuppressed: number,
): Assessor => {
  const { units } = lattice
  const tally: Tally = createTally(units)
  const prefixes = compiled.bySizeAlone ? [] : prefixesOf(lattice)

  const classOfUnits = (walker: Walker, depth: number, prefixOf: Int32Array): Int32Array => {
    const { classOf } = walker.at(depth)
    const pairOf = walker.sheetAt(depth)?.pairOf
    return prefixOf.map((prefix) => classOf[pairOf === undefined ? prefix : (pairOf[prefix] ?? 0)] ?? -1)
  }

  /**
   * Asks the class models, class by class. `failed` is told of each that fails, and says whether to go on.
   * False where it said no.
   */
  const judge = (classOf: Int32Array, count: number, failed: (at: number) => boolean): boolean => {
    if (compiled.bySizeAlone) return true
    const { starts, members } = membersOf(classOf, count)
    for (let first = 0; first < count; first += LOT) {
      const last = Math.min(first + LOT, count)
      const from = starts[first] ?? 0
      const lot = members.subarray(from, starts[last] ?? 0)
      const classes = tally.count(
        starts.subarray(first, last + 1).map((start) => start - from),
        lot,
        lot.map((unit) => units.rows[unit] ?? 0),
      )
      for (let at = 0; at < last - first; at++)
        if (!compiled.classHolds(classes, at) && !failed(first + at)) return false
    }
    return true
  }

  return {
    leaf: (walker, ceiling) => {
      const state = walker.at(walker.depth)
      const classOf = classOfUnits(walker, walker.depth, units.tuples)
      const holds = new Uint8Array(state.classes).fill(1)
      let { suppressed, bound: cost } = state
      const within = judge(classOf, state.classes, (at) => {
        const rows = state.rows[at] ?? 0
        holds[at] = 0
        suppressed += rows
        cost += rows * (1 - (state.losses[at] ?? 0))
        return suppressed <= mostSuppressed && cost < ceiling
      })
      if (!within || suppressed > mostSuppressed || cost >= ceiling) return null
      const renumbered = new Int32Array(state.classes)
      const patients: number[] = []
      for (let at = 0; at < state.classes; at++)
        renumbered[at] = holds[at] === 1 ? patients.push(state.patients[at] ?? 0) - 1 : -1
      if (patients.length === 0) return null
      if (compiled.hasTableModels && !compiled.tableHolds(Int32Array.from(patients))) return null
      for (let unit = 0; unit < classOf.length; unit++) {
        const at = classOf[unit] ?? -1
        if (at >= 0) classOf[unit] = renumbered[at] ?? -1
      }
      return { classOf, classes: patients.length, cost }
    },
    breaks: (walker, depth) => {
      const state = walker.at(depth)
      const room = mostSuppressed - state.suppressed
      if (compiled.bySizeAlone || !compiled.monotone || room >= state.classes) return false
      const classOf = classOfUnits(walker, depth, prefixes[depth] ?? units.tuples)
      let lost = 0
      return !judge(classOf, state.classes, () => ++lost <= room)
    },
  }
}
