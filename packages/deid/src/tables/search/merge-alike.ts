import type { Ground } from './divisions.ts'
import type { Part } from './geometry.ts'
import { makePart, together } from './part.ts'

const join = ({ geometry, units }: Ground, a: Part, b: Part): Part =>
  makePart(geometry, units, together(a, b))

/** Parts with the same box are one class to an observer. */
const joinAlike = (ground: Ground, parts: readonly Part[]): Part[] => {
  const byBox = new Map<string, Part>()
  for (const part of parts) {
    const key = part.box.join()
    const known = byBox.get(key)
    byBox.set(key, known === undefined ? part : join(ground, known, part))
  }
  return [...byBox.values()]
}

/**
 * The classes that an observer sees. Under models that joining can break, a class that no longer holds is
 * joined with the one that makes the least loss of it and holds. Null where no such way is left.
 */
export const mergeAlike = (ground: Ground, parts: readonly Part[]): Part[] | null => {
  const { judge } = ground
  let merged = joinAlike(ground, parts)
  if (judge.mayGrow) return merged
  for (;;) {
    const failing = merged.find(({ units, rows }) => !judge.holds(units, rows))
    if (failing === undefined) return merged
    let best: { joined: Part; other: Part; cost: number } | null = null
    for (const other of merged) {
      if (other === failing) continue
      const joined = join(ground, failing, other)
      const cost = joined.size * joined.loss - other.size * other.loss
      if ((best === null || cost < best.cost) && judge.holds(joined.units, joined.rows))
        best = { joined, other, cost }
    }
    if (best === null) return null
    const { joined, other } = best
    merged = joinAlike(ground, [...merged.filter((part) => part !== failing && part !== other), joined])
  }
}
