import type { Problem, Sensitive } from '../problem.ts'

/**
 * The sensitive attributes that a model names, in the order of `Problem.sensitive`: those that
 * `Classes.histograms` are of.
 */
export const namedSensitive = ({ sensitive, models }: Problem): readonly Sensitive[] => {
  const named = new Set(models.flatMap((model) => ('attribute' in model ? [model.attribute] : [])))
  return sensitive.filter(({ name }) => named.has(name))
}
