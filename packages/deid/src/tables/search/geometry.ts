import type { Recoded } from '../problem.ts'

/**
 * What a part covers in each attribute: for recoding by groups a node of each hierarchy, for ranges the
 * lowest and the highest rank of each. Only its geometry knows how to read it.
 */
export type Box = number[]

/** A class in the making: some rows of some units, and the tightest box around them. */
export interface Part {
  units: number[]
  /** How many rows of each unit. A patient's rows of one unit stay together. */
  rows: number[]
  box: Box
  /** Rows. */
  size: number
  /** Patients, where every row is one; else units, of which there are at least as many as patients. */
  weight: number
  /** What one row loses, 0 to 1. */
  loss: number
}

/** A way to cut a part in two along an attribute: what lies on the side of `at`, and the rest. */
export interface Cut {
  readonly attribute: number
  readonly at: number
}

/**
 * Told of every cut of a part: rows, weight and loss of the one side and of the rest, each with the tightest
 * box around it.
 */
export type Offer = (
  cut: Cut,
  size: number,
  weight: number,
  loss: number,
  restSize: number,
  restWeight: number,
  restLoss: number,
) => void

/** How boxes grow, what they lose, and where they can be cut. */
export interface Geometry {
  boxOf(units: readonly number[]): Box
  /** Widens the box, in place, to cover the unit. */
  widen(box: Box, unit: number): void
  /** Widens the box, in place, to cover the other. Says whether it had to grow. */
  widenBy(box: Box, other: Box): boolean
  lossOf(box: Box): number
  /**
   * The loss of the box, were it widened to cover the unit; where that is more than `ceiling`, anything above
   * it.
   */
  lossWith(box: Box, unit: number, ceiling: number): number
  /**
   * Adding so many rows of the unit to any part of at least `floor` rows inside the box costs at least this.
   * May end above `ceiling`.
   */
  leastCost(box: Box, unit: number, rows: number, floor: number, ceiling: number): number
  cuts(part: Part, offer: Offer): void
  /** Whether a unit of the part lies on the side of the cut's `at`. */
  onSide(part: Part, cut: Cut, unit: number): boolean
  recoded(box: Box): Recoded[]
}
