import type { Problem, Recoded } from '../problem.ts'
import type { Box, Geometry, Offer, Part } from './geometry.ts'
import { sharesOf } from './lattice.ts'
import type { Units } from './units.ts'

const INSERTION_LIMIT = 24

/**
 * Sorts the first `count` numbers in place. Most lists are short, and a typed array's own sort costs more
 * than that.
 */
const sortFirst = (values: Int32Array, count: number): void => {
  if (count > INSERTION_LIMIT) {
    values.subarray(0, count).sort()
    return
  }
  for (let at = 1; at < count; at++) {
    const value = values[at] ?? 0
    let place = at
    while (place > 0 && (values[place - 1] ?? 0) > value) {
      values[place] = values[place - 1] ?? 0
      place--
    }
    values[place] = value
  }
}

/**
 * The units of a part by their rank in one attribute, and the tightest box around those of each rank. Reused
 * from cut to cut.
 */
class Steps {
  count = 0
  /** The present ranks, ascending once gathered. */
  readonly ranks: Int32Array
  readonly sizes: Int32Array
  readonly weights: Int32Array
  /** Lowest, then highest ranks of each step. */
  readonly boxes: Int32Array
  /** For each rank its step, where its stamp is of this use. */
  readonly slots: Int32Array
  readonly #stamps: Int32Array
  #use = 0

  readonly #codes: Int32Array
  readonly #attributes: number
  readonly #rowsAreWeight: boolean

  constructor(codes: Int32Array, attributes: number, ranks: number, rowsAreWeight: boolean) {
    this.#codes = codes
    this.#attributes = attributes
    this.#rowsAreWeight = rowsAreWeight
    this.ranks = new Int32Array(ranks)
    this.sizes = new Int32Array(ranks)
    this.weights = new Int32Array(ranks)
    this.boxes = new Int32Array(ranks * attributes * 2)
    this.slots = new Int32Array(ranks)
    this.#stamps = new Int32Array(ranks)
  }

  /** Boxes are made in the `active` attributes only: in the others the part has one value. */
  gather({ units, rows, box }: Part, attribute: number, active: readonly number[]): void {
    const { sizes, weights, boxes, slots } = this
    const codes = this.#codes
    const attributes = this.#attributes
    const stamps = this.#stamps
    this.#use++
    this.count = 0
    for (let item = 0; item < units.length; item++) {
      const first = (units[item] ?? 0) * attributes
      const rank = codes[first + attribute] ?? 0
      const taken = rows[item] ?? 0
      const weight = this.#rowsAreWeight ? taken : 1
      if (stamps[rank] !== this.#use) {
        const fresh = this.count++
        stamps[rank] = this.#use
        slots[rank] = fresh
        this.ranks[fresh] = rank
        sizes[fresh] = taken
        weights[fresh] = weight
        const base = fresh * attributes * 2
        for (let index = 0; index < active.length; index++) {
          const at = active[index] ?? 0
          const value = codes[first + at] ?? 0
          boxes[base + at] = value
          boxes[base + attributes + at] = value
        }
        continue
      }
      const step = slots[rank] ?? 0
      sizes[step] = (sizes[step] ?? 0) + taken
      weights[step] = (weights[step] ?? 0) + weight
      const base = step * attributes * 2
      for (let index = 0; index < active.length; index++) {
        const at = active[index] ?? 0
        const value = codes[first + at] ?? 0
        if (value < (boxes[base + at] ?? 0)) boxes[base + at] = value
        if (value > (boxes[base + attributes + at] ?? 0)) boxes[base + attributes + at] = value
      }
    }
    const span = (box[attributes + attribute] ?? 0) - (box[attribute] ?? 0) + 1
    if (this.count > INSERTION_LIMIT && span < 8 * this.count) this.#scan(box[attribute] ?? 0, span)
    else sortFirst(this.ranks, this.count)
  }

  /** The present ranks in order, where they lie dense: cheaper than sorting. */
  #scan(from: number, span: number): void {
    let step = 0
    for (let rank = from; rank < from + span; rank++)
      if (this.#stamps[rank] === this.#use) this.ranks[step++] = rank
  }
}

/**
 * Recoding by ranges of ranks: a box is the lowest and the highest rank in each attribute (LeFevre, DeWitt,
 * Ramakrishnan 2006).
 */
export const rangeGeometry = (problem: Problem, units: Units): Geometry => {
  const attributes = problem.attributes.length
  const shares = sharesOf(problem)
  const domains = problem.attributes.map(({ hierarchy }) => hierarchy.domain.length)
  /** What a row loses by each rank that its range covers beyond the first. */
  const perRank = Float64Array.from(domains, (domain, at) =>
    domain <= 1 ? 0 : (shares[at] ?? 0) / (domain - 1),
  )
  const codes = new Int32Array(units.count * attributes)
  problem.attributes.forEach(({ hierarchy }, at) => {
    const unitCodes = units.codes[at] ?? new Int32Array()
    for (let unit = 0; unit < units.count; unit++)
      codes[unit * attributes + at] = hierarchy.ranks[unitCodes[unit] ?? 0] ?? 0
  })
  const mostRanks = Math.max(1, ...domains)
  const steps = new Steps(codes, attributes, mostRanks, units.patients === null)
  const lowest = new Int32Array(attributes)
  const highest = new Int32Array(attributes)
  /** The loss of the tightest box around all steps up to and with each. */
  const lossUpTo = new Float64Array(mostRanks)

  const lossOf = (box: Box): number => {
    let loss = 0
    for (let at = 0; at < attributes; at++)
      loss += (perRank[at] ?? 0) * ((box[attributes + at] ?? 0) - (box[at] ?? 0))
    return loss
  }

  const widen = (box: Box, unit: number): void => {
    const first = unit * attributes
    for (let at = 0; at < attributes; at++) {
      const rank = codes[first + at] ?? 0
      if (rank < (box[at] ?? 0)) box[at] = rank
      if (rank > (box[attributes + at] ?? 0)) box[attributes + at] = rank
    }
  }

  /** Widens the running box by a step (or begins it with it), and gives its loss. */
  const take = (step: number, begin: boolean, active: readonly number[]): number => {
    const base = step * attributes * 2
    let loss = 0
    for (let index = 0; index < active.length; index++) {
      const at = active[index] ?? 0
      const low = steps.boxes[base + at] ?? 0
      const high = steps.boxes[base + attributes + at] ?? 0
      if (begin || low < (lowest[at] ?? 0)) lowest[at] = low
      if (begin || high > (highest[at] ?? 0)) highest[at] = high
      loss += (perRank[at] ?? 0) * ((highest[at] ?? 0) - (lowest[at] ?? 0))
    }
    return loss
  }

  const cutsOf = (part: Part, attribute: number, active: readonly number[], offer: Offer): void => {
    steps.gather(part, attribute, active)
    const { count, ranks, slots, sizes, weights } = steps
    for (let at = 0; at < count - 1; at++) lossUpTo[at] = take(slots[ranks[at] ?? 0] ?? 0, at === 0, active)
    let size = 0
    let weight = 0
    for (let at = count - 1; at > 0; at--) {
      const rank = ranks[at] ?? 0
      const step = slots[rank] ?? 0
      const loss = take(step, at === count - 1, active)
      size += sizes[step] ?? 0
      weight += weights[step] ?? 0
      offer(
        { attribute, at: rank },
        size,
        weight,
        loss,
        part.size - size,
        part.weight - weight,
        lossUpTo[at - 1] ?? 0,
      )
    }
  }

  return {
    boxOf: (members) => {
      const first = (members[0] ?? 0) * attributes
      const box: Box = []
      for (let at = 0; at < 2 * attributes; at++) box.push(codes[first + (at % attributes)] ?? 0)
      for (let item = 1; item < members.length; item++) widen(box, members[item] ?? 0)
      return box
    },
    widen,
    widenBy: (box, other) => {
      let grown = false
      for (let at = 0; at < attributes; at++) {
        const low = other[at] ?? 0
        const high = other[attributes + at] ?? 0
        if (low < (box[at] ?? 0)) {
          box[at] = low
          grown = true
        }
        if (high > (box[attributes + at] ?? 0)) {
          box[attributes + at] = high
          grown = true
        }
      }
      return grown
    },
    lossOf,
    lossWith: (box, unit, ceiling) => {
      const first = unit * attributes
      let loss = 0
      for (let at = 0; at < attributes && loss <= ceiling; at++) {
        const rank = codes[first + at] ?? 0
        const low = box[at] ?? 0
        const high = box[attributes + at] ?? 0
        loss += (perRank[at] ?? 0) * (Math.max(rank, high) - Math.min(rank, low))
      }
      return loss
    },
    leastCost: (box, unit, rows, floor, ceiling) => {
      const first = unit * attributes
      let cost = 0
      for (let at = 0; at < attributes && cost <= ceiling; at++) {
        const rank = codes[first + at] ?? 0
        const beyond = Math.max((box[at] ?? 0) - rank, rank - (box[attributes + at] ?? 0), 0)
        cost += (floor + rows) * (perRank[at] ?? 0) * beyond
      }
      return cost
    },
    cuts: (part, offer) => {
      const active: number[] = []
      for (let at = 0; at < attributes; at++)
        if ((part.box[attributes + at] ?? 0) > (part.box[at] ?? 0)) active.push(at)
      for (const attribute of active) cutsOf(part, attribute, active, offer)
    },
    onSide: (_, { attribute, at }, unit) => (codes[unit * attributes + attribute] ?? 0) >= at,
    recoded: (box) =>
      Array.from(
        { length: attributes },
        (_, at): Recoded => ({ kind: 'range', from: box[at] ?? 0, to: box[attributes + at] ?? 0 }),
      ),
  }
}
