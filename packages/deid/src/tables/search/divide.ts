import { divideBy, type Ground, LEAST_GAIN, optionsOf, sidesOf } from './divisions.ts'
import type { Box, Part } from './geometry.ts'
import { costOf, type Items, makePart } from './part.ts'
import type { Watch } from './watch.ts'

/**
 * A part smaller than so many classes of the least size is divided in every one of its best ways, in the way
 * that turns out best.
 */
export interface LookAhead {
  /** Below so many classes: the two best. */
  readonly two: number
  /** Below so many: the three best. */
  readonly three: number
}

/** How many ways are tried on a part of which all fail to hold their models, before it is left as it is. */
const MOST_TRIES = 32

/** A node of the tree that dividing leaves behind: parts that lie near each other hang together. */
export interface Branch {
  readonly box: Box
  readonly up: Branch | null
  readonly branches: Branch[]
  readonly parts: Part[]
}

export interface Division {
  readonly tree: Branch
  readonly parts: Part[]
  /** Rows in no part. */
  readonly dropped: Items
  /** Cuts that were looked at. */
  readonly checked: number
}

interface Outcome {
  readonly cost: number
  readonly parts: readonly Part[]
  readonly dropped: readonly Items[]
}

/** Divides parts top-down, by the cuts that gain most. */
export class Divider {
  checked = 0

  readonly #ground: Ground
  readonly #lookAhead: LookAhead

  constructor(ground: Ground, lookAhead: LookAhead) {
    this.#ground = ground
    this.#lookAhead = lookAhead
  }

  #widthFor({ weight }: Part): number {
    const { floor } = this.#ground.judge
    if (weight < floor * this.#lookAhead.three) return 3
    return weight < floor * this.#lookAhead.two ? 2 : 1
  }

  /** Whether the part is small enough to be divided with look-ahead. */
  #isSmall(part: Part): boolean {
    return this.#widthFor(part) > 1
  }

  #options(part: Part): ReturnType<typeof optionsOf> {
    const options = optionsOf(this.#ground, part)
    this.checked += options.length
    return options
  }

  /** The best that was found in the part: it is never worse than leaving it whole. The part must hold. */
  improve(part: Part): Outcome {
    const whole: Outcome = { cost: costOf(part), parts: [part], dropped: [] }
    const { judge, price } = this.#ground
    if (part.loss === 0 || (part.weight < 2 * judge.floor && price === Number.POSITIVE_INFINITY)) return whole
    let best = whole
    let tried = 0
    const width = this.#widthFor(part)
    const options = this.#options(part)
    for (let at = 0; at < options.length && at < MOST_TRIES && tried < width; at++) {
      const option = options[at]
      const divided = option === undefined ? null : divideBy(this.#ground, part, option)
      if (divided === null) continue
      tried++
      const outcome = this.#improveAll(divided.parts, divided.dropped, best.cost)
      if (outcome !== null && outcome.cost < best.cost - LEAST_GAIN) best = outcome
    }
    return best
  }

  /** Null as soon as it costs as much as what is known. */
  #improveAll(parts: readonly Part[], dropped: Items | null, ceiling: number): Outcome | null {
    const all: { cost: number; parts: Part[]; dropped: Items[] } = { cost: 0, parts: [], dropped: [] }
    if (dropped !== null) {
      all.cost = this.#ground.price * dropped.rows.reduce((sum, taken) => sum + taken, 0)
      all.dropped.push(dropped)
    }
    for (const part of parts) {
      if (all.cost >= ceiling) return null
      const outcome = this.improve(part)
      all.cost += outcome.cost
      all.parts.push(...outcome.parts)
      all.dropped.push(...outcome.dropped)
    }
    return all
  }

  /** The first way that holds of those that gain most; null where none does. */
  #cutOnce(part: Part): { parts: readonly Part[]; dropped: Items | null } | null {
    const { judge, price } = this.#ground
    if (part.loss === 0 || (part.weight < 2 * judge.floor && price === Number.POSITIVE_INFINITY)) return null
    for (const option of this.#options(part).slice(0, MOST_TRIES)) {
      const divided = divideBy(this.#ground, part, option)
      if (divided !== null) return divided
    }
    return null
  }

  /** Cuts a part that does not hold, in the hope that its sides do. Null where there is nothing to cut. */
  #cutFailing(part: Part): readonly Part[] | null {
    const { geometry, units } = this.#ground
    const option = this.#options(part).find(({ kind }) => kind === 'split')
    if (option === undefined) return null
    return sidesOf(this.#ground, part, option.cut).map((side) => makePart(geometry, units, side))
  }

  #holds(part: Part): boolean {
    const { judge } = this.#ground
    return judge.byWeight ? part.weight >= judge.floor : judge.holds(part.units, part.rows)
  }

  /**
   * Divides all of the roots. One that does not hold is cut until its parts do; what then doesn't is dropped.
   */
  divide(roots: readonly Part[], watch: Watch): Division {
    const { geometry } = this.#ground
    const box = roots[0]?.box.slice() ?? []
    for (const root of roots) geometry.widenBy(box, root.box)
    const tree: Branch = { box, up: null, branches: [], parts: [] }
    const parts: Part[] = []
    const dropped: Items = { units: [], rows: [] }
    const drop = ({ units, rows }: Items): void => {
      for (let item = 0; item < units.length; item++) {
        dropped.units.push(units[item] ?? 0)
        dropped.rows.push(rows[item] ?? 0)
      }
    }
    const total = roots.reduce((sum, { size }) => sum + size, 0)
    let settled = 0
    const stack = roots.map((part) => ({ part, up: tree, sound: this.#holds(part) })).reverse()
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { part, up, sound } = next
      watch.step(settled / total, null)
      const branch: Branch = { box: part.box.slice(), up, branches: [], parts: [] }
      const push = (smaller: readonly Part[], held: boolean): void => {
        for (const child of smaller)
          stack.push({ part: child, up: branch, sound: held || this.#holds(child) })
      }
      const finish = (found: readonly Part[]): void => {
        branch.parts.push(...found)
        parts.push(...found)
        settled += part.size
      }
      if (!sound) {
        const smaller = this.#cutFailing(part)
        if (smaller !== null) push(smaller, false)
        else {
          drop(part)
          settled += part.size
          continue
        }
      } else if (this.#isSmall(part) && !watch.expired()) {
        const outcome = this.improve(part)
        outcome.dropped.forEach(drop)
        finish(outcome.parts)
      } else {
        const divided = this.#cutOnce(part)
        if (divided === null) finish([part])
        else {
          if (divided.dropped !== null) drop(divided.dropped)
          settled += part.size - divided.parts.reduce((sum, { size }) => sum + size, 0)
          push(divided.parts, true)
        }
      }
      up.branches.push(branch)
    }
    return { tree, parts, dropped, checked: this.checked }
  }
}
