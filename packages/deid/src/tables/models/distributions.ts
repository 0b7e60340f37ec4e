import type { Distribution } from '../format/table-release.ts'
import type { Problem } from '../problem.ts'
import { sourceFacts } from './facts.ts'
import { orderOf } from './t-closeness.ts'

/**
 * The source's distribution of each attribute that a t-closeness model names, in the order of the models,
 * each attribute once.
 */
export const distributionsOf = (problem: Problem): Distribution[] => {
  const source = sourceFacts(problem)
  const models = problem.models.filter((model) => model.kind === 't-closeness')
  const first = models.filter(
    ({ attribute }, index) => models.findIndex((model) => model.attribute === attribute) === index,
  )
  return first.map((model) => {
    const { sensitive, patients } = source.sensitive(model)
    const { name, values, ranks, groups } = sensitive
    return {
      attribute: name,
      values,
      patients: Array.from(patients),
      ranks: ranks === null ? null : Array.from(orderOf(ranks)),
      groups: groups === null ? null : groups.map((level) => Array.from(level)),
    }
  })
}
