import type { Geometry, Part } from './geometry.ts'
import type { Units } from './units.ts'

/** Rows of units, outside any class. */
export interface Items {
  readonly units: number[]
  /** How many rows of each unit. */
  readonly rows: number[]
}

/** A part of these rows. They must not be none. */
export const makePart = (geometry: Geometry, all: Units, { units, rows }: Items): Part => {
  const box = geometry.boxOf(units)
  let size = 0
  for (let item = 0; item < rows.length; item++) size += rows[item] ?? 0
  const weight = all.patients === null ? size : rows.length
  return { units, rows, box, size, weight, loss: geometry.lossOf(box) }
}

/** What all rows of the part lose together. */
export const costOf = ({ size, loss }: Part): number => size * loss

/** The rows of both, each unit once. */
export const together = (a: Items, b: Items): Items => {
  const rows = new Map<number, number>()
  for (const items of [a, b])
    for (const [item, unit] of items.units.entries())
      rows.set(unit, (rows.get(unit) ?? 0) + (items.rows[item] ?? 0))
  return { units: [...rows.keys()], rows: [...rows.values()] }
}
