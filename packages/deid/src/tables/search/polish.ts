import { dissolve } from './dissolve.ts'
import type { Divider } from './divide.ts'
import { LEAST_GAIN } from './divisions.ts'
import type { Part } from './geometry.ts'
import { costOf } from './part.ts'
import type { PartSet } from './part-set.ts'
import { rejoin } from './rejoin.ts'
import { relocate } from './relocate.ts'
import type { Watch } from './watch.ts'

/** Parts of more units are left alone: what a part is without one of its units takes a look at all others. */
const MOST_UNITS = 256
/** A round that gains less than this share of all rows is the last. */
const LEAST_ROUND = 2e-5
/** How many parts are moved between two looks at the watch. */
const STRIDE = 64

const isWorthWhile = ({ loss, units }: Part): boolean => loss > 0 && units.length <= MOST_UNITS

/** Small moves: rows to another part, parts among others. */
const moveAll = (set: PartSet, report: (done: number) => void): void => {
  set.parts.forEach((part, at) => {
    if (at % STRIDE === 0) report(at / set.parts.length)
    if (isWorthWhile(part)) relocate(set, part)
    if (isWorthWhile(part) && set.ground.judge.mayGrow) dissolve(set, part)
  })
  set.parts = set.parts.filter(({ size }) => size > 0)
  set.readmit()
}

/** Divides parts again that have grown. */
const redivideAll = (set: PartSet, divider: Divider): void => {
  set.parts = set.parts.flatMap((part) => {
    if (!isWorthWhile(part)) return [part]
    const before = costOf(part)
    const { cost, parts } = divider.improve(part)
    if (cost >= before - LEAST_GAIN) return [part]
    set.replace(part, parts)
    return [...parts]
  })
}

/** Larger moves: two parts made anew. What they are made into is tried again too. */
const rejoinAll = (set: PartSet, divider: Divider, watch: Watch): void => {
  const queue = [...set.parts]
  for (let at = 0; at < queue.length; at++) {
    const part = queue[at]
    if (at % STRIDE === 0) {
      watch.step(at / queue.length, null)
      if (watch.expired()) break
    }
    if (part === undefined || part.size === 0 || !isWorthWhile(part)) continue
    queue.push(...(rejoin(set, divider, part) ?? []))
  }
  set.parts = queue.filter(({ size }) => size > 0)
}

/**
 * Improves parts by moves that each lose less, in rounds until they gain nothing worth while. `divider` must
 * not drop rows.
 */
export const polish = (set: PartSet, divider: Divider, mostRounds: number, watch: Watch): void => {
  const total = set.ground.units.ofRow.length
  let rejoined = false
  for (let round = 0; round < mostRounds && !watch.expired(); round++) {
    const before = set.cost()
    moveAll(set, (done) => watch.step((round + done) / mostRounds, null))
    redivideAll(set, divider)
    if (before - set.cost() >= LEAST_ROUND * total) continue
    if (rejoined) return
    rejoined = true
    rejoinAll(set, divider, watch)
  }
}
