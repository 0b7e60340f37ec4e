import { LEAST_GAIN } from './divisions.ts'
import type { Part } from './geometry.ts'
import { costOf } from './part.ts'
import type { PartSet } from './part-set.ts'

/** The rows of one unit that a part can spare, and what it then saves; null where it can spare none. */
const spare = ({ ground }: PartSet, part: Part, item: number): { rows: number; saved: number } | null => {
  const { geometry, judge } = ground
  const has = part.rows[item] ?? 0
  if (judge.byWeight && part.weight - judge.floor < has) {
    const rows = part.weight - judge.floor
    return { rows, saved: rows * part.loss }
  }
  const members = part.units.filter((_, other) => other !== item)
  if (members.length === 0) return null
  if (!judge.byWeight) {
    const left = part.rows.filter((_, other) => other !== item)
    if (!judge.holds(members, left)) return null
  }
  return { rows: has, saved: costOf(part) - (part.size - has) * geometry.lossOf(geometry.boxOf(members)) }
}

/** Moves what a part can spare to where it loses less, or suppresses it where that does. */
export const relocate = (set: PartSet, part: Part): void => {
  for (let item = part.units.length - 1; item >= 0; item--) {
    if (part.loss === 0 || part.weight <= set.ground.judge.floor) return
    const spared = spare(set, part, item)
    if (spared === null || spared.saved <= LEAST_GAIN) continue
    const { rows, saved } = spared
    const unit = part.units[item] ?? 0
    const dropCost = set.dropCost(rows)
    const to = set.nearest(unit, rows, part, Math.min(saved, dropCost) - LEAST_GAIN)
    if (to === null && dropCost >= saved - LEAST_GAIN) continue
    set.take(part, item, rows)
    if (to === null) set.drop(unit, rows)
    else set.add(to.part, unit, rows)
  }
}
