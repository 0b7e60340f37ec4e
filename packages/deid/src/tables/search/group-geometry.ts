import type { Problem, Recoded } from '../problem.ts'
import { type Forest, growForest, join } from './forest.ts'
import type { Box, Geometry, Offer, Part } from './geometry.ts'
import type { Units } from './units.ts'

/** The child of `top` that covers `leaf`. */
const childBelow = ({ parents }: Forest, top: number, leaf: number): number => {
  let child = leaf
  while (parents[child] !== top) child = parents[child] ?? 0
  return child
}

/** The present children of one node, and the tightest box around what each covers. Reused from cut to cut. */
class Children {
  count = 0
  readonly nodes: Int32Array
  readonly sizes: Int32Array
  readonly weights: Int32Array
  readonly boxes: Int32Array
  /** For each node, the child that covers it, where its stamp is of this use. */
  readonly #slots: Int32Array
  readonly #stamps: Int32Array
  #use = 0

  readonly #forest: Forest
  readonly #rowsAreWeight: boolean

  constructor(forest: Forest, rowsAreWeight: boolean) {
    const { nodes, attributes } = forest
    this.#forest = forest
    this.#rowsAreWeight = rowsAreWeight
    this.nodes = new Int32Array(nodes)
    this.sizes = new Int32Array(nodes)
    this.weights = new Int32Array(nodes)
    this.boxes = new Int32Array(nodes * attributes)
    this.#slots = new Int32Array(nodes)
    this.#stamps = new Int32Array(nodes)
  }

  /** Boxes are made in the `active` attributes only: in the others the part has one value. */
  gather({ units, rows, box }: Part, attribute: number, active: readonly number[]): void {
    const { leaves, attributes } = this.#forest
    const { boxes, sizes, weights } = this
    const top = box[attribute] ?? 0
    this.#use++
    this.count = 0
    for (let item = 0; item < units.length; item++) {
      const first = (units[item] ?? 0) * attributes
      const leaf = leaves[first + attribute] ?? 0
      const known = this.count
      const child = this.#stamps[leaf] === this.#use ? (this.#slots[leaf] ?? 0) : this.#discover(top, leaf)
      const taken = rows[item] ?? 0
      const base = child * attributes
      if (child === known) {
        sizes[child] = 0
        weights[child] = 0
        for (const at of active) boxes[base + at] = leaves[first + at] ?? 0
      } else
        for (let index = 0; index < active.length; index++) {
          const at = active[index] ?? 0
          const have = boxes[base + at] ?? 0
          // What is as wide as the whole part can't grow.
          if (have !== box[at]) boxes[base + at] = join(this.#forest, at, have, leaves[first + at] ?? 0)
        }
      sizes[child] = (sizes[child] ?? 0) + taken
      weights[child] = (weights[child] ?? 0) + (this.#rowsAreWeight ? taken : 1)
    }
  }

  #discover(top: number, leaf: number): number {
    const node = childBelow(this.#forest, top, leaf)
    let child = this.#stamps[node] === this.#use ? (this.#slots[node] ?? 0) : -1
    if (child < 0) {
      child = this.count++
      this.nodes[child] = node
      this.#stamps[node] = this.#use
      this.#slots[node] = child
    }
    this.#stamps[leaf] = this.#use
    this.#slots[leaf] = child
    return child
  }
}

/** Recoding by the groups of hierarchies: a box is the lowest common ancestor in each. */
export const groupGeometry = (problem: Problem, units: Units): Geometry => {
  const forest = growForest(problem, units)
  const { attributes, leaves, losses } = forest
  const children = new Children(forest, units.patients === null)
  let suffix = new Int32Array(64 * attributes)
  const prefix = new Int32Array(attributes)

  const lossOf = (box: Box): number => {
    let loss = 0
    for (let at = 0; at < attributes; at++) loss += losses[box[at] ?? 0] ?? 0
    return loss
  }

  const widen = (box: Box, unit: number): void => {
    const first = unit * attributes
    for (let at = 0; at < attributes; at++) box[at] = join(forest, at, box[at] ?? 0, leaves[first + at] ?? 0)
  }

  /** The loss of the box at `from` in `boxes`. */
  const lossAt = (boxes: Int32Array, from: number, active: readonly number[]): number => {
    let loss = 0
    for (let index = 0; index < active.length; index++)
      loss += losses[boxes[from + (active[index] ?? 0)] ?? 0] ?? 0
    return loss
  }

  /** Each child against all others: boxes of those before and of those after are kept as it goes. */
  const cutsOf = (part: Part, attribute: number, active: readonly number[], offer: Offer): void => {
    children.gather(part, attribute, active)
    const { count, boxes, sizes, weights, nodes } = children
    if (count < 2) return
    if (suffix.length < count * attributes) suffix = new Int32Array(2 * count * attributes)
    for (let child = count - 1; child >= 0; child--)
      for (let index = 0; index < active.length; index++) {
        const at = active[index] ?? 0
        const own = boxes[child * attributes + at] ?? 0
        const place = child * attributes + at
        suffix[place] = child === count - 1 ? own : join(forest, at, own, suffix[place + attributes] ?? 0)
      }
    for (let child = 0; child < count; child++) {
      let restLoss = 0
      for (let index = 0; index < active.length; index++) {
        const at = active[index] ?? 0
        const before = prefix[at] ?? 0
        const after = suffix[(child + 1) * attributes + at] ?? 0
        const rest = child === 0 ? after : child === count - 1 ? before : join(forest, at, before, after)
        restLoss += losses[rest] ?? 0
        const own = boxes[child * attributes + at] ?? 0
        prefix[at] = child === 0 ? own : join(forest, at, before, own)
      }
      // Of two children, the one is the other's rest.
      if (count === 2 && child === 1) return
      const size = sizes[child] ?? 0
      const weight = weights[child] ?? 0
      offer(
        { attribute, at: nodes[child] ?? 0 },
        size,
        weight,
        lossAt(boxes, child * attributes, active),
        part.size - size,
        part.weight - weight,
        restLoss,
      )
    }
  }

  return {
    boxOf: (members) => {
      const first = (members[0] ?? 0) * attributes
      const box: Box = []
      for (let at = 0; at < attributes; at++) box.push(leaves[first + at] ?? 0)
      for (let item = 1; item < members.length; item++) widen(box, members[item] ?? 0)
      return box
    },
    widen,
    widenBy: (box, other) => {
      let grown = false
      for (let at = 0; at < attributes; at++) {
        const had = box[at] ?? 0
        const has = join(forest, at, had, other[at] ?? 0)
        if (has === had) continue
        box[at] = has
        grown = true
      }
      return grown
    },
    lossOf,
    lossWith: (box, unit, ceiling) => {
      const first = unit * attributes
      let loss = 0
      for (let at = 0; at < attributes && loss <= ceiling; at++)
        loss += losses[join(forest, at, box[at] ?? 0, leaves[first + at] ?? 0)] ?? 0
      return loss
    },
    leastCost: (box, unit, rows, floor, ceiling) => {
      const first = unit * attributes
      let cost = 0
      for (let at = 0; at < attributes && cost <= ceiling; at++) {
        const had = box[at] ?? 0
        const has = join(forest, at, had, leaves[first + at] ?? 0)
        // The unit is outside: any part inside has to grow to this node too.
        if (has !== had) cost += floor * ((losses[has] ?? 0) - (losses[had] ?? 0)) + rows * (losses[has] ?? 0)
      }
      return cost
    },
    cuts: (part, offer) => {
      const active: number[] = []
      for (let at = 0; at < attributes; at++) if ((losses[part.box[at] ?? 0] ?? 0) > 0) active.push(at)
      for (const attribute of active) cutsOf(part, attribute, active, offer)
    },
    onSide: ({ box }, { attribute, at }, unit) =>
      childBelow(forest, box[attribute] ?? 0, leaves[unit * attributes + attribute] ?? 0) === at,
    recoded: (box) =>
      box.map((node): Recoded => {
        const level = forest.levels[node] ?? 0
        return { kind: 'level', level, group: forest.groups[node] ?? 0 }
      }),
  }
}
