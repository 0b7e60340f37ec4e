import { DeidError } from '../../shared/errors.ts'
import type { Histogram } from './classes.ts'
import { checkDistinct, type Diversity, patientsFor } from './diversity.ts'
import type { SourceFacts } from './facts.ts'
import { byHistogram, type Requirement } from './requirement.ts'

/**
 * exp and log are right to some units in the last place, so that l equally frequent values may come out a
 * hair below l.
 */
const SLACK = 1e-12

/**
 * exp(H) = exp(ln S - (1/S) sum n ln n): the number of equally frequent values that would be as hard to
 * guess.
 */
const effectiveValues = ({ starts, patients }: Histogram, at: number): number => {
  const end = starts[at + 1] ?? 0
  let sum = 0
  let weighted = 0
  for (let entry = starts[at] ?? 0; entry < end; entry++) {
    const count = patients[entry] ?? 0
    sum += count
    weighted += count * Math.log(count)
  }
  return sum === 0 ? 0 : Math.exp(Math.log(sum) - weighted / sum)
}

/**
 * exp of the entropy of the values of every class is at least l (Machanavajjhala 2007, Entropy l-Diversity).
 * Reached: the least exp(entropy).
 */
export const entropyLDiversity = (
  model: Diversity<'entropy-l-diversity'>,
  source: SourceFacts,
): Requirement => {
  const { kind, l } = model
  if (!Number.isFinite(l) || l <= 1)
    throw new DeidError('bad-model', `${kind}: l is ${l}, and must be a number above 1.`)
  const facts = source.sensitive(model)
  checkDistinct(model, facts)
  const bound = l * (1 - SLACK)
  return byHistogram({
    kind,
    histogram: facts.index,
    minimumPatients: patientsFor(l, source),
    monotone: source.rowPerPatient,
    worst: 'least',
    measure: effectiveValues,
    holds: (effective) => effective >= bound,
  })
}
