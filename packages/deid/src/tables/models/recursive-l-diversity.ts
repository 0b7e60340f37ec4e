import { DeidError } from '../../shared/errors.ts'
import type { Histogram } from './classes.ts'
import { checkDistinct, checkWhole, type Diversity, patientsFor } from './diversity.ts'
import type { SourceFacts } from './facts.ts'
import { byHistogram, type Requirement } from './requirement.ts'

/**
 * r1 / (r_l + … + r_m) of counts r1 >= r2 >= …; Infinity with fewer than l values. `top` is scratch for the l
 * - 1 greatest, in falling order, so that nothing is allocated.
 */
const ratioOf = ({ starts, patients }: Histogram, at: number, top: Int32Array): number => {
  top.fill(0)
  const end = starts[at + 1] ?? 0
  const last = top.length - 1
  let tail = 0
  for (let entry = starts[at] ?? 0; entry < end; entry++) {
    const count = patients[entry] ?? 0
    const least = top[last] ?? 0
    tail += Math.min(count, least)
    if (count <= least) continue
    let place = last
    for (; place > 0 && count > (top[place - 1] ?? 0); place--) top[place] = top[place - 1] ?? 0
    top[place] = count
  }
  return tail === 0 ? Number.POSITIVE_INFINITY : (top[0] ?? 0) / tail
}

/**
 * The most frequent value of every class is rarer than c times all from the l-th on: r1 < c (r_l + … + r_m)
 * (Machanavajjhala 2007, Recursive (c, l)-Diversity). Reached: the greatest r1 / (r_l + … + r_m).
 */
export const recursiveLDiversity = (
  model: Diversity<'recursive-l-diversity'>,
  source: SourceFacts,
): Requirement => {
  const { kind, attribute, l, c } = model
  checkWhole(model)
  if (!Number.isFinite(c) || c <= 0)
    throw new DeidError('bad-model', `${kind}: c is ${c}, and must be a number above 0.`)
  const facts = source.sensitive(model)
  checkDistinct(model, facts)
  // The ratio is least where all values are equally frequent: 1 / (m - l + 1).
  if (1 / (facts.distinct - l + 1) >= c)
    throw new DeidError(
      'contradictory-models',
      `${kind}: with c = ${c} and l = ${l} no class can hold, as "${attribute}" has ${facts.distinct} distinct values.`,
    )
  const top = new Int32Array(l - 1)
  return byHistogram({
    kind,
    histogram: facts.index,
    minimumPatients: patientsFor(l, source),
    monotone: source.rowPerPatient,
    worst: 'greatest',
    measure: (histogram, at) => ratioOf(histogram, at, top),
    holds: (ratio) => ratio < c,
  })
}
