import { LEAST_GAIN } from './divisions.ts'
import type { Part } from './geometry.ts'
import { costOf } from './part.ts'
import type { PartSet } from './part-set.ts'

/**
 * Gives all rows of a part to others, where that costs less than the part does. For models that let any class
 * grow.
 */
export const dissolve = (set: PartSet, part: Part): void => {
  const cost = costOf(part)
  let sum = 0
  for (let item = 0; item < part.units.length; item++) {
    const rows = part.rows[item] ?? 0
    const dropCost = set.dropCost(rows)
    const to = set.nearest(part.units[item] ?? 0, rows, part, Math.min(cost - sum, dropCost) - LEAST_GAIN)
    sum += to?.cost ?? dropCost
    if (sum >= cost - LEAST_GAIN) return
  }
  const { units, rows } = set.empty(part)
  units.forEach((unit, item) => {
    const taken = rows[item] ?? 0
    const to = set.nearest(unit, taken, part, set.dropCost(taken))
    if (to === null) set.drop(unit, taken)
    else set.add(to.part, unit, taken)
  })
}
