import { Divider, type LookAhead } from './divide.ts'
import type { Geometry, Part } from './geometry.ts'
import { createJudge, type Judge } from './judge.ts'
import { mergeAlike } from './merge-alike.ts'
import type { Items } from './part.ts'
import { PartSet } from './part-set.ts'
import { polish } from './polish.ts'
import type { Prepared } from './prepare.ts'
import type { Units } from './units.ts'
import { stretch } from './watch.ts'

/** How hard a search tries. */
export interface Effort {
  readonly lookAhead: LookAhead
  /** Rounds of improving moves. */
  readonly rounds: number
}

/** What stays the same from attempt to attempt. */
export interface Field extends Prepared {
  readonly geometry: Geometry
}

export interface Attempt {
  readonly parts: readonly Part[]
  readonly dropped: Items
  /** What all rows lose, suppressed ones 1 each. In rows. */
  readonly cost: number
  readonly checked: number
  /** Whether no more is suppressed than may be, something is released, and the models of the table hold. */
  readonly feasible: boolean
}

/** Distinct patients of each part. */
const patientsOf = ({ patients }: Units, parts: readonly Part[]): Int32Array =>
  Int32Array.from(parts, ({ units, size }) =>
    patients === null ? size : new Set(units.map((unit) => patients[unit])).size,
  )

const conclude = (
  { units, compiled, mostSuppressed }: Field,
  set: PartSet,
  checked: number,
): Attempt | null => {
  const parts = mergeAlike(set.ground, set.parts)
  if (parts === null) return null
  const suppressed = set.dropped.rows.reduce((sum, rows) => sum + rows, 0)
  const feasible =
    parts.length > 0 &&
    suppressed <= mostSuppressed &&
    (!compiled.hasTableModels || compiled.tableHolds(patientsOf(units, parts)))
  const cost = parts.reduce((sum, { size, loss }) => sum + size * loss, suppressed)
  return { parts, dropped: set.dropped, cost, checked, feasible }
}

export interface AttemptInput {
  /** Copied: moves change parts. */
  readonly roots: readonly Part[]
  /** Rows that are in no root. */
  readonly outside: Items
  /** No class gets fewer patients, whatever the models ask. */
  readonly floor: number
  /** What suppressing a row costs while parts are divided. */
  readonly price: number
  readonly effort: Effort
}

const copyOf = (part: Part): Part => ({
  ...part,
  units: part.units.slice(),
  rows: part.rows.slice(),
  box: part.box.slice(),
})

/**
 * Divides the roots and improves what comes of it. Null where classes that an observer can't tell apart do
 * not hold together.
 */
export const attempt = (
  field: Field,
  { roots, outside, floor, price, effort }: AttemptInput,
): Attempt | null => {
  const { units, geometry, compiled, mostSuppressed, watch } = field
  const judge: Judge = createJudge(units, compiled, floor)
  const dividing = new Divider({ geometry, units, judge, price }, effort.lookAhead)
  const division = dividing.divide(roots.map(copyOf), stretch(watch, 0, 0.5))
  outside.units.forEach((unit, item) => {
    division.dropped.units.push(unit)
    division.dropped.rows.push(outside.rows[item] ?? 0)
  })
  const set = new PartSet({ geometry, units, judge, price: 1 }, division, mostSuppressed)
  set.readmit()
  const redividing = new Divider(
    { geometry, units, judge, price: Number.POSITIVE_INFINITY },
    effort.lookAhead,
  )
  polish(set, redividing, effort.rounds, stretch(watch, 0.5, 1))
  return conclude(field, set, dividing.checked + redividing.checked)
}
