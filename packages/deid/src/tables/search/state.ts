import type { Lattice, Sheet } from './lattice.ts'
import { PairIndex } from './pair-index.ts'

/**
 * A node of the lattice that has fixed levels for the first axes and the top for the others: its classes,
 * without those that are too small. A class that is too small is so in every node below it, so its rows are
 * suppressed in all of them.
 */
export interface State {
  /** For each pair of the last fixed axis's sheet its class, or -1 where it is suppressed. */
  classOf: Int32Array
  classes: number
  rows: Int32Array
  patients: Int32Array
  /** What one row of each class loses in the fixed attributes. */
  losses: Float64Array
  suppressed: number
  /** What all rows lose in the fixed attributes, suppressed ones 1 each: no node below loses less. */
  bound: number
}

const emptyState = (pairs: number): State => ({
  classOf: new Int32Array(pairs),
  classes: 0,
  rows: new Int32Array(pairs),
  patients: new Int32Array(pairs),
  losses: new Float64Array(pairs),
  suppressed: 0,
  bound: 0,
})

/**
 * Walks down the lattice, an axis at a time. For each depth it keeps two states, so that a better child can
 * be kept while others are tried.
 */
export class Walker {
  readonly depth: number
  readonly #states: State[]
  readonly #spares: State[]
  readonly #sheets: (Sheet | null)[]
  readonly #index = new PairIndex()
  #renumbered = new Int32Array(64)
  #lastPatient = new Int32Array(64)

  readonly #lattice: Lattice
  readonly #floor: number

  /** Classes of fewer than `floor` patients are suppressed. */
  constructor(lattice: Lattice, floor: number) {
    this.#lattice = lattice
    this.#floor = floor
    this.depth = lattice.attributes.length
    // The finest level has the most pairs: one for each prefix.
    const sizes = lattice.units.stages.map(({ count }) => count)
    const root = emptyState(lattice.units.root.count)
    root.classes = 1
    root.rows[0] = lattice.totalRows
    root.patients[0] = lattice.units.patients === null ? lattice.totalRows : lattice.units.root.count
    this.#states = [root, ...sizes.map(emptyState)]
    this.#spares = [root, ...sizes.map(emptyState)]
    this.#sheets = new Array<Sheet | null>(this.depth + 1).fill(null)
  }

  /** The state with levels fixed for the first `depth` axes. */
  at(depth: number): State {
    return this.#states[depth] ?? emptyState(0)
  }

  sheetAt(depth: number): Sheet | null {
    return this.#sheets[depth] ?? null
  }

  sheet(axis: number, level: number): Sheet | null {
    return this.#lattice.sheet(axis, level)
  }

  /**
   * Counts the child of the state at `depth` that has `level` on the next axis: its numbers, not yet which
   * pair is in which class.
   */
  look(depth: number, level: number): State {
    const from = this.at(depth)
    const into = this.#spares[depth + 1] ?? emptyState(0)
    const sheet = this.sheet(depth, level)
    if (sheet !== null) this.#count(from, this.sheetAt(depth), sheet, into)
    return into
  }

  /** Makes what `look` has just counted the state of the next depth. */
  keep(depth: number, level: number): void {
    const looked = this.#spares[depth + 1] ?? emptyState(0)
    this.#spares[depth + 1] = this.at(depth + 1)
    this.#states[depth + 1] = looked
    const sheet = this.sheet(depth, level)
    this.#sheets[depth + 1] = sheet
    if (sheet === null || looked.classes === this.#index.count) return
    const { classOf } = looked
    for (let pair = 0; pair < sheet.count; pair++) {
      const at = classOf[pair] ?? -1
      if (at >= 0) classOf[pair] = this.#renumbered[at] ?? -1
    }
  }

  #count(from: State, above: Sheet | null, sheet: Sheet, into: State): void {
    const index = this.#index
    const { classOf, rows, patients } = into
    const { parents, groups, rows: pairRows, patients: pairPatients } = sheet
    const parentOf = from.classOf
    const pairOf = above === null ? null : above.pairOf
    index.clear(from.classes, sheet.groupCount)
    if (pairPatients !== null && this.#lastPatient.length < sheet.count)
      this.#lastPatient = new Int32Array(sheet.count)
    const last = this.#lastPatient
    let known = 0
    for (let pair = 0; pair < parents.length; pair++) {
      const prefix = parents[pair] ?? 0
      const parent = parentOf[pairOf === null ? prefix : (pairOf[prefix] ?? 0)] ?? 0
      if (parent < 0) {
        classOf[pair] = -1
        continue
      }
      const at = index.add(parent, groups[pair] ?? 0)
      const size = pairRows[pair] ?? 0
      classOf[pair] = at
      if (at === known) {
        known++
        rows[at] = size
        if (pairPatients === null) continue
        patients[at] = 1
        last[at] = pairPatients[pair] ?? 0
        continue
      }
      rows[at] = (rows[at] ?? 0) + size
      if (pairPatients === null) continue
      const patient = pairPatients[pair] ?? 0
      if (last[at] !== patient) patients[at] = (patients[at] ?? 0) + 1
      last[at] = patient
    }
    this.#drop(from, sheet, into, known)
  }

  /** Leaves out the classes that are too small, and says how the others are numbered then. */
  #drop(from: State, sheet: Sheet, into: State, classes: number): void {
    const { rows, patients, losses } = into
    const { ids, codes } = this.#index
    if (this.#renumbered.length < classes) this.#renumbered = new Int32Array(classes * 2)
    const renumbered = this.#renumbered
    const floor = this.#floor
    let kept = 0
    let suppressed = from.suppressed
    let loss = 0
    for (let at = 0; at < classes; at++) {
      const size = rows[at] ?? 0
      const distinct = sheet.patients === null ? size : (patients[at] ?? 0)
      if (distinct < floor) {
        renumbered[at] = -1
        suppressed += size
        continue
      }
      const each = (from.losses[ids[at] ?? 0] ?? 0) + (sheet.losses[codes[at] ?? 0] ?? 0)
      renumbered[at] = kept
      rows[kept] = size
      patients[kept] = distinct
      losses[kept] = each
      loss += size * each
      kept++
    }
    into.classes = kept
    into.suppressed = suppressed
    into.bound = suppressed + loss
  }
}
