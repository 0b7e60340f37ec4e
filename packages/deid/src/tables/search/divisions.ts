import type { Cut, Geometry, Part } from './geometry.ts'
import type { Judge } from './judge.ts'
import { type Items, makePart } from './part.ts'
import type { Units } from './units.ts'

/** Less than this is rounding, not gain. In rows. */
export const LEAST_GAIN = 1e-9

/**
 * A way to divide a part. `split`: both sides are classes. `borrow`: one side has too few patients, and takes
 * the nearest rows of the other to be a class. `drop`: one side has too few and is suppressed.
 */
export interface Option {
  readonly kind: 'split' | 'borrow' | 'drop'
  readonly cut: Cut
  /** Whether the side of the cut's `at` is the one that has enough. */
  readonly sideIsRich: boolean
  /** By how much all rows would lose less together. For `borrow` an estimate. */
  readonly gain: number
}

export interface Divided {
  readonly parts: readonly Part[]
  readonly dropped: Items | null
}

/** What dividing works on. */
export interface Ground {
  readonly geometry: Geometry
  readonly units: Units
  readonly judge: Judge
  /**
   * What a suppressed row costs: 1 is its loss; more where fewer may be suppressed than would pay; infinity
   * where none may.
   */
  readonly price: number
}

/** Every way to divide a part that seems to gain, the best first. */
export const optionsOf = ({ geometry, judge, price }: Ground, part: Part): Option[] => {
  const { floor } = judge
  const { size, weight, loss } = part
  const base = size * loss
  const options: Option[] = []
  const offer = (option: Option): void => {
    if (option.gain > LEAST_GAIN) options.push(option)
  }
  geometry.cuts(part, (cut, sideSize, sideWeight, sideLoss, restSize, restWeight, restLoss) => {
    if (sideWeight >= floor && restWeight >= floor) {
      offer({ kind: 'split', cut, sideIsRich: true, gain: base - sideSize * sideLoss - restSize * restLoss })
      return
    }
    const sideIsRich = sideWeight >= floor
    const richSize = sideIsRich ? sideSize : restSize
    const richWeight = sideIsRich ? sideWeight : restWeight
    const richLoss = sideIsRich ? sideLoss : restLoss
    if (weight >= 2 * floor) {
      const left = 1 - (floor - (weight - richWeight)) / richWeight
      offer({ kind: 'borrow', cut, sideIsRich, gain: richSize * left * (loss - richLoss) })
    }
    if (richWeight >= floor && price < Number.POSITIVE_INFINITY)
      offer({ kind: 'drop', cut, sideIsRich, gain: base - richSize * richLoss - (size - richSize) * price })
  })
  return options.sort((a, b) => b.gain - a.gain)
}

/** The rows of a part on either side of a cut. */
export const sidesOf = ({ geometry }: Ground, part: Part, cut: Cut): [side: Items, rest: Items] => {
  const side: Items = { units: [], rows: [] }
  const rest: Items = { units: [], rows: [] }
  for (let item = 0; item < part.units.length; item++) {
    const unit = part.units[item] ?? 0
    const into = geometry.onSide(part, cut, unit) ? side : rest
    into.units.push(unit)
    into.rows.push(part.rows[item] ?? 0)
  }
  return [side, rest]
}

/**
 * Moves the nearest rows of `rich` to `poor` until that weighs `need` more. The largest of equals lends, so
 * that the fewest units are parted.
 */
const borrow = ({ geometry, units }: Ground, poor: Items, rich: Items, need: number): void => {
  const box = geometry.boxOf(poor.units)
  for (let left = need; left > 0; ) {
    let nearest = -1
    let least = Number.POSITIVE_INFINITY
    for (let item = 0; item < rich.units.length; item++) {
      const has = rich.rows[item] ?? 0
      if (has === 0) continue
      const loss = geometry.lossWith(box, rich.units[item] ?? 0, least)
      if (loss > least || (loss === least && has <= (rich.rows[nearest] ?? 0))) continue
      least = loss
      nearest = item
    }
    const has = rich.rows[nearest] ?? 0
    if (has === 0) return
    const lent = units.patients === null ? Math.min(left, has) : has
    left -= units.patients === null ? lent : 1
    rich.rows[nearest] = has - lent
    geometry.widen(box, rich.units[nearest] ?? 0)
    poor.units.push(rich.units[nearest] ?? 0)
    poor.rows.push(lent)
  }
}

const withRows = ({ units, rows }: Items): Items => ({
  units: units.filter((_, item) => (rows[item] ?? 0) > 0),
  rows: rows.filter((taken) => taken > 0),
})

/** Divides a part. Null where that would not gain after all, or where a side does not hold. */
export const divideBy = (ground: Ground, part: Part, option: Option): Divided | null => {
  const { geometry, units, judge, price } = ground
  const [side, rest] = sidesOf(ground, part, option.cut)
  const [rich, poor] = option.sideIsRich ? [side, rest] : [rest, side]
  const holds = ({ units: members, rows }: Items): boolean => judge.byWeight || judge.holds(members, rows)
  if (option.kind === 'drop') {
    if (!holds(rich)) return null
    const left = makePart(geometry, units, rich)
    const dropped = part.size - left.size
    const gain = part.size * part.loss - left.size * left.loss - dropped * price
    return gain > LEAST_GAIN ? { parts: [left], dropped: poor } : null
  }
  if (option.kind === 'borrow') {
    const weight =
      units.patients === null ? poor.rows.reduce((sum, taken) => sum + taken, 0) : poor.units.length
    borrow(ground, poor, rich, judge.floor - weight)
  }
  const lent = option.kind === 'borrow' ? withRows(rich) : rich
  if (lent.units.length === 0 || !holds(poor) || !holds(lent)) return null
  const parts = [makePart(geometry, units, lent), makePart(geometry, units, poor)]
  const gain = parts.reduce((gain, { size, loss }) => gain - size * loss, part.size * part.loss)
  return gain > LEAST_GAIN ? { parts, dropped: null } : null
}
