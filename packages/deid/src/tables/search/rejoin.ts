import type { Divider } from './divide.ts'
import { LEAST_GAIN } from './divisions.ts'
import type { Part } from './geometry.ts'
import { costOf, makePart, together } from './part.ts'
import type { PartSet } from './part-set.ts'

/** With how many of its neighbours a part is tried. */
const MOST_NEIGHBOURS = 4

const neighboursOf = (set: PartSet, part: Part): Set<Part> => {
  const neighbours = new Set<Part>()
  for (let item = 0; item < part.units.length && neighbours.size < MOST_NEIGHBOURS; item++) {
    const to = set.nearest(part.units[item] ?? 0, part.rows[item] ?? 0, part, Number.POSITIVE_INFINITY)
    if (to !== null) neighbours.add(to.part)
  }
  return neighbours
}

/**
 * Joins a part with a neighbour and divides both anew, where that costs less. Gives the parts that took their
 * place; null where none did.
 */
export const rejoin = (set: PartSet, divider: Divider, part: Part): readonly Part[] | null => {
  const { geometry, units, judge } = set.ground
  for (const neighbour of neighboursOf(set, part)) {
    const joined = makePart(geometry, units, together(part, neighbour))
    if (!judge.mayGrow && !judge.holds(joined.units, joined.rows)) continue
    const { cost, parts } = divider.improve(joined)
    if (cost >= costOf(part) + costOf(neighbour) - LEAST_GAIN) continue
    set.replace(neighbour, [])
    set.replace(part, parts)
    return parts
  }
  return null
}
