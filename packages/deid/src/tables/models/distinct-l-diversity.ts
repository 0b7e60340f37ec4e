import type { Histogram } from './classes.ts'
import { checkDistinct, checkWhole, type Diversity, patientsFor } from './diversity.ts'
import type { SourceFacts } from './facts.ts'
import { byHistogram, type Requirement } from './requirement.ts'

const distinctValues = ({ starts }: Histogram, at: number): number =>
  (starts[at + 1] ?? 0) - (starts[at] ?? 0)

/**
 * At least l distinct values in every class (the simplest l-diversity of Machanavajjhala 2007). Reached: the
 * least number of distinct values.
 */
export const distinctLDiversity = (
  model: Diversity<'distinct-l-diversity'>,
  source: SourceFacts,
): Requirement => {
  const { kind, l } = model
  checkWhole(model)
  const facts = source.sensitive(model)
  checkDistinct(model, facts)
  return byHistogram({
    kind,
    histogram: facts.index,
    minimumPatients: patientsFor(l, source),
    monotone: true,
    worst: 'least',
    measure: distinctValues,
    holds: (values) => values >= l,
  })
}
