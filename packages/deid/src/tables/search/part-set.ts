import type { Division } from './divide.ts'
import { type Ground, LEAST_GAIN } from './divisions.ts'
import type { Part } from './geometry.ts'
import { costOf, type Items } from './part.ts'
import { type Neighbour, PartIndex } from './part-index.ts'

/** Parts that are being improved by moving rows between them, and the rows that are suppressed. */
export class PartSet {
  readonly ground: Ground
  parts: Part[]
  dropped: Items
  readonly #index: PartIndex
  readonly #mostDropped: number
  #droppedRows = 0

  /** No more than `mostDropped` rows are suppressed by moves. */
  constructor(ground: Ground, { tree, parts, dropped }: Division, mostDropped: number) {
    this.ground = ground
    this.parts = parts
    this.dropped = dropped
    this.#mostDropped = mostDropped
    this.#index = new PartIndex(ground, tree)
    for (const rows of dropped.rows) this.#droppedRows += rows
  }

  /** What it costs to suppress so many rows more: infinity where that is not allowed. */
  dropCost(rows: number): number {
    return this.#droppedRows + rows <= this.#mostDropped ? this.ground.price * rows : Number.POSITIVE_INFINITY
  }

  drop(unit: number, rows: number): void {
    this.dropped.units.push(unit)
    this.dropped.rows.push(rows)
    this.#droppedRows += rows
  }

  /** Takes all suppressed rows out, to be given a place or dropped again. */
  takeDropped(): Items {
    const { dropped } = this
    this.dropped = { units: [], rows: [] }
    this.#droppedRows = 0
    return dropped
  }

  nearest(unit: number, rows: number, except: Part | null, ceiling: number): Neighbour | null {
    return this.#index.nearest(unit, rows, except, ceiling)
  }

  add(part: Part, unit: number, rows: number): void {
    const { geometry, units } = this.ground
    const at = part.units.indexOf(unit)
    part.size += rows
    part.weight += units.patients === null ? rows : 1
    if (at >= 0) {
      part.rows[at] = (part.rows[at] ?? 0) + rows
      return
    }
    part.units.push(unit)
    part.rows.push(rows)
    geometry.widen(part.box, unit)
    part.loss = geometry.lossOf(part.box)
    this.#index.grown(part)
  }

  take(part: Part, item: number, rows: number): void {
    const { geometry, units } = this.ground
    part.size -= rows
    part.weight -= units.patients === null ? rows : 1
    part.rows[item] = (part.rows[item] ?? 0) - rows
    if (part.rows[item] !== 0) return
    part.units.splice(item, 1)
    part.rows.splice(item, 1)
    part.box = geometry.boxOf(part.units)
    part.loss = geometry.lossOf(part.box)
  }

  /** Leaves a part without rows: it is passed over from then on. */
  empty(part: Part): Items {
    const { units, rows } = part
    part.units = []
    part.rows = []
    part.size = 0
    part.weight = 0
    part.loss = 0
    return { units, rows }
  }

  /** Puts parts in the place of one. They are not yet among `parts`. */
  replace(old: Part, parts: readonly Part[]): void {
    this.#index.replace(old, parts)
    this.empty(old)
  }

  /** What all rows lose. */
  cost(): number {
    return this.parts.reduce((sum, part) => sum + costOf(part), this.#droppedRows)
  }

  /** Gives suppressed rows a place where that costs less than their loss. */
  readmit(): void {
    const { units, rows } = this.takeDropped()
    units.forEach((unit, item) => {
      const taken = rows[item] ?? 0
      const to = this.nearest(unit, taken, null, this.ground.price * taken - LEAST_GAIN)
      if (to === null) this.drop(unit, taken)
      else this.add(to.part, unit, taken)
    })
  }
}
