import { type Attempt, type AttemptInput, attempt, type Effort, type Field } from './attempt.ts'

/**
 * What suppressing a row costs, beside its loss of 1, so that fewer are: tried from the left until no more
 * are suppressed than may be.
 */
const PRICES = [1, 1.5, 2, 3, 4.5, 7]
/** Enough to see whether a price or a floor will do. */
const GLANCE: Effort = { lookAhead: { two: 0, three: 0 }, rounds: 0 }

type Start = Pick<AttemptInput, 'roots' | 'outside'>

/** The best with classes of at least `floor` patients, and as much suppressed as pays and may be. */
const withFloor = (field: Field, start: Start, floor: number, effort: Effort): Attempt | null => {
  const run = (price: number, hard: Effort): Attempt | null =>
    attempt(field, { ...start, floor, price, effort: hard })
  for (const price of field.mostSuppressed === 0 ? [] : PRICES) {
    if (field.watch.expired()) break
    if (price > 1 && run(price, GLANCE)?.feasible !== true) continue
    const found = run(price, effort)
    if (found?.feasible === true) return found
  }
  return run(Number.POSITIVE_INFINITY, effort)
}

/**
 * The best under models of the table too. Where they do not hold with classes of the least size, larger ones
 * are asked for: the smallest floor that does is found by doubling its distance, then by halving it.
 */
export const recode = (field: Field, start: Start, effort: Effort): Attempt | null => {
  const least = field.compiled.minimumPatients
  const first = withFloor(field, start, least, effort)
  if (!field.compiled.hasTableModels || first?.feasible === true) return first
  const run = (floor: number): Attempt | null =>
    attempt(field, { ...start, floor, price: Number.POSITIVE_INFINITY, effort: GLANCE })
  const glance = (floor: number): boolean => run(floor)?.feasible === true
  let fails = least
  let holds = least + 1
  for (let step = 1; !glance(holds); step *= 2) {
    fails = holds
    if (fails >= field.units.patientBound) return first
    holds = Math.min(fails + step, field.units.patientBound)
  }
  while (holds - fails > 1) {
    const middle = (holds + fails) >> 1
    if (glance(middle)) holds = middle
    else fails = middle
  }
  const found = withFloor(field, start, holds, effort)
  return found?.feasible === true ? found : run(holds)
}
