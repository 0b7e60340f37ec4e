import type { Branch } from './divide.ts'
import { type Ground, LEAST_GAIN } from './divisions.ts'
import type { Part } from './geometry.ts'
import { costOf } from './part.ts'

export interface Neighbour {
  readonly part: Part
  /** By how much all rows together lose more, if the rows join it. */
  readonly cost: number
}

/**
 * Finds the parts that lie nearest, by the tree that dividing left behind. Parts may grow, shrink, empty, and
 * be added.
 */
export class PartIndex {
  readonly #ground: Ground
  readonly #tree: Branch
  /** The branch of each part. Made when it is first needed. */
  #homes: Map<Part, Branch> | null = null
  readonly #stack: Branch[] = []
  readonly #bounds: number[] = []

  constructor(ground: Ground, tree: Branch) {
    this.#ground = ground
    this.#tree = tree
  }

  #home(): Map<Part, Branch> {
    if (this.#homes !== null) return this.#homes
    const homes = new Map<Part, Branch>()
    const stack = [this.#tree]
    for (let branch = stack.pop(); branch !== undefined; branch = stack.pop()) {
      for (const part of branch.parts) homes.set(part, branch)
      for (const child of branch.branches) stack.push(child)
    }
    this.#homes = homes
    return homes
  }

  /** Widens the branches above a part that has grown. */
  grown(part: Part): void {
    for (let branch = this.#home().get(part) ?? null; branch !== null; branch = branch.up)
      if (!this.#ground.geometry.widenBy(branch.box, part.box)) return
  }

  /** Takes parts in, in the place of one. */
  replace(old: Part, parts: readonly Part[]): void {
    const homes = this.#home()
    const home = homes.get(old) ?? this.#tree
    homes.delete(old)
    const at = home.parts.indexOf(old)
    if (at >= 0) home.parts.splice(at, 1)
    for (const part of parts) {
      home.parts.push(part)
      homes.set(part, home)
      this.grown(part)
    }
  }

  #push(branch: Branch, bound: number): void {
    this.#stack.push(branch)
    this.#bounds.push(bound)
  }

  /**
   * The part, but `except`, that these rows may join at the least cost; null where none costs less than
   * `ceiling`.
   */
  nearest(unit: number, rows: number, except: Part | null, ceiling: number): Neighbour | null {
    const { geometry, judge } = this.#ground
    let best = ceiling
    let found: Part | null = null
    this.#stack.length = 0
    this.#bounds.length = 0
    this.#push(this.#tree, 0)
    for (let branch = this.#stack.pop(); branch !== undefined; branch = this.#stack.pop()) {
      if ((this.#bounds.pop() ?? 0) >= best) continue
      for (const part of branch.parts) {
        if (part === except || part.size === 0) continue
        const after = part.size + rows
        const before = costOf(part)
        const cost = after * geometry.lossWith(part.box, unit, (best + before) / after) - before
        if (cost >= best - LEAST_GAIN) continue
        if (!judge.mayGrow && !judge.holds([...part.units, unit], [...part.rows, rows])) continue
        best = cost
        found = part
      }
      this.#pushNearer(branch, unit, rows, best)
    }
    return found === null ? null : { part: found, cost: best }
  }

  /** Puts the branches that may hold something nearer on the stack, of two the more promising on top. */
  #pushNearer({ branches }: Branch, unit: number, rows: number, best: number): void {
    const { geometry, judge } = this.#ground
    let under: Branch | null = null
    let underBound = 0
    for (const branch of branches) {
      const bound = geometry.leastCost(branch.box, unit, rows, judge.floor, best)
      if (bound >= best) continue
      if (under === null) {
        under = branch
        underBound = bound
      } else if (bound > underBound) this.#push(branch, bound)
      else {
        this.#push(under, underBound)
        under = branch
        underBound = bound
      }
    }
    if (under !== null) this.#push(under, underBound)
  }
}
