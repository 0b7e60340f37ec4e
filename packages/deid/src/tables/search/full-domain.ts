import type { CompiledModels } from '../models/compile.ts'
import { type Assessed, createAssessor } from './assess.ts'
import type { Lattice } from './lattice.ts'
import { OpenNodes } from './open-nodes.ts'
import { Walker } from './state.ts'
import type { Watch } from './watch.ts'

/** What a search of the lattice found. Costs are in rows: what all rows lose, suppressed ones 1 each. */
export interface FullDomain {
  /** The level of each axis, or null where no feasible node was found. */
  readonly levels: readonly number[] | null
  readonly found: Assessed | null
  /**
   * No feasible node costs less than this. Equal to the cost of what was found where that is proven optimal.
   */
  readonly bound: number
  /** Whether the whole lattice was searched or ruled out. */
  readonly complete: boolean
  readonly checked: number
}

export interface FullDomainInput {
  readonly lattice: Lattice
  readonly compiled: CompiledModels
  readonly mostSuppressed: number
  readonly maxNodes: number
  readonly watch: Watch
}

/** Sums of the same losses in another order may differ by this, as a share of all rows. */
const ROUNDING = 1e-12

/**
 * Searches the lattice for the feasible node that costs least: best first by an admissible bound, plunging
 * from each node to a leaf so that there is always something found. A prefix of levels stands for all nodes
 * below it. Its bound is what its kept rows lose in the fixed attributes, plus 1 for each row of a class that
 * is too small already, for it can only get smaller.
 */
class LatticeSearch {
  readonly #input: FullDomainInput
  readonly #walker: Walker
  readonly #assessor: ReturnType<typeof createAssessor>
  readonly #open = new OpenNodes()
  readonly #rounding: number
  /** The levels that the walker's states are of. */
  #path: number[] = []
  #best: { levels: readonly number[]; found: Assessed } | null = null
  #checked = 0

  constructor(input: FullDomainInput) {
    this.#input = input
    this.#walker = new Walker(input.lattice, input.compiled.minimumPatients)
    this.#assessor = createAssessor(input.lattice, input.compiled, input.mostSuppressed)
    this.#rounding = ROUNDING * input.lattice.totalRows
  }

  /** Nothing that costs this or more is of interest. */
  get #ceiling(): number {
    return (this.#best?.found.cost ?? Number.POSITIVE_INFINITY) - this.#rounding
  }

  /** Brings the walker to these levels. */
  #moveTo(levels: readonly number[]): void {
    let depth = 0
    while (depth < levels.length && depth < this.#path.length && levels[depth] === this.#path[depth]) depth++
    for (; depth < levels.length; depth++) {
      this.#walker.look(depth, levels[depth] ?? 0)
      this.#walker.keep(depth, levels[depth] ?? 0)
    }
    this.#path = [...levels]
  }

  #assessLeaf(levels: readonly number[]): void {
    const found = this.#assessor.leaf(this.#walker, this.#ceiling)
    if (found !== null) this.#best = { levels: [...levels], found }
  }

  /**
   * Counts the children of the walker's state, opens all that may hold something better but the best, and
   * keeps that one. Null where none may.
   */
  #plunge(levels: readonly number[], unsuppressed: number): { level: number; bound: number } | null {
    const depth = levels.length
    const losses = this.#input.lattice.losses[depth] ?? []
    let chosen: { level: number; bound: number } | null = null
    for (let level = losses.length - 1; level >= 0; level--) {
      if (unsuppressed + (losses[level] ?? 0) >= this.#ceiling) continue
      const state = this.#walker.look(depth, level)
      this.#checked++
      // Monotone: where this level suppresses too much, every finer one does.
      if (state.suppressed > this.#input.mostSuppressed || state.classes === 0) break
      if (state.bound >= this.#ceiling) continue
      if (chosen !== null && state.bound > chosen.bound) {
        this.#open.push({ bound: state.bound, levels: [...levels, level] })
        continue
      }
      if (chosen !== null) this.#open.push({ bound: chosen.bound, levels: [...levels, chosen.level] })
      chosen = { level, bound: state.bound }
      this.#walker.keep(depth, level)
    }
    return chosen
  }

  /** From an open node down to a leaf, or to where nothing better can be. */
  #descend(from: readonly number[]): void {
    this.#moveTo(from)
    const levels = [...from]
    let unsuppressed = 0
    for (let axis = 0; axis < levels.length; axis++)
      unsuppressed += this.#input.lattice.losses[axis]?.[levels[axis] ?? 0] ?? 0
    while (levels.length < this.#walker.depth) {
      if (this.#assessor.breaks(this.#walker, levels.length)) return
      const child = this.#plunge(levels, unsuppressed)
      if (child === null) return
      unsuppressed += this.#input.lattice.losses[levels.length]?.[child.level] ?? 0
      levels.push(child.level)
      this.#path = [...levels]
    }
    this.#assessLeaf(levels)
  }

  run(): FullDomain {
    const { lattice, maxNodes, watch } = this.#input
    const top = lattice.losses.map((levels) => levels.length - 1)
    this.#moveTo(top)
    this.#checked++
    const topFits = this.#walker.at(top.length).suppressed <= this.#input.mostSuppressed
    if (topFits) {
      this.#assessLeaf(top)
      this.#open.push({ bound: 0, levels: [] })
    }
    while (this.#open.least < this.#ceiling) {
      watch.step(this.#done, this.#loss)
      if (this.#checked >= maxNodes || watch.expired()) break
      const next = this.#open.pop()
      if (next !== null) this.#descend(next.levels)
    }
    const complete = this.#open.least >= this.#ceiling
    const cost = this.#best?.found.cost ?? Number.POSITIVE_INFINITY
    return {
      levels: this.#best?.levels ?? null,
      found: this.#best?.found ?? null,
      bound: complete ? cost : this.#open.least,
      complete,
      checked: this.#checked,
    }
  }

  /** Of the best found, over all rows. */
  get #loss(): number | null {
    const { totalRows, units } = this.#input.lattice
    return this.#best === null
      ? null
      : (this.#best.found.cost + units.hopeless) / (totalRows + units.hopeless)
  }

  /** How near the least bound has come to the best found. */
  get #done(): number {
    const cost = this.#best?.found.cost ?? this.#input.lattice.totalRows
    return cost === 0 ? 1 : this.#open.least / cost
  }
}

/**
 * Searches the lattice of full-domain recodings. Ends early at `maxNodes` nodes or where the watch's time is
 * up.
 */
export const searchFullDomain = (input: FullDomainInput): FullDomain => new LatticeSearch(input).run()
