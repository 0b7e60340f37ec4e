import type { CompiledModels } from '../models/compile.ts'
import { createTally } from './tally.ts'
import type { Units } from './units.ts'

/** Says whether a class may be released. */
export interface Judge {
  /** No class of fewer patients holds. */
  readonly floor: number
  /** Whether a class holds exactly if its weight is at least `floor`: then nothing else needs asking. */
  readonly byWeight: boolean
  /** Whether a class that holds still does when it takes in more rows. */
  readonly mayGrow: boolean
  /** Whether a class of so many rows of these units holds all class models. */
  holds(units: readonly number[], rows: readonly number[]): boolean
}

/** `floor` may ask for larger classes than the models do. */
export const createJudge = (units: Units, compiled: CompiledModels, floor: number): Judge => {
  const tally = createTally(units)
  const byWeight = compiled.bySizeAlone && units.patients === null
  return {
    floor,
    byWeight,
    mayGrow: compiled.bySizeAlone,
    holds: (members, rows) => {
      if (members.length === 0) return false
      // Units are in the order of their patients: sorted, each patient's are together.
      const order = members.map((_, item) => item).sort((a, b) => (members[a] ?? 0) - (members[b] ?? 0))
      const classes = tally.count(
        [0, members.length],
        order.map((item) => members[item] ?? 0),
        order.map((item) => rows[item] ?? 0),
      )
      if ((classes.patients[0] ?? 0) < floor) return false
      return compiled.bySizeAlone || compiled.classHolds(classes, 0)
    },
  }
}
