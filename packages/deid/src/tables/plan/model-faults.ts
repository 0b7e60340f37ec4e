import type { Model } from '../format/model.ts'
import type { ColumnPlan, Plan } from '../format/plan.ts'
import { type PlanFault, pathOf } from './fault.ts'

const attributeOf = (model: Model): string | null => ('attribute' in model ? model.attribute : null)

const attributeAdvice = (column: ColumnPlan | undefined, model: Model): string | null => {
  if (column === undefined) return 'the plan has no such column: add it with the role "sensitive"'
  if (column.role !== 'sensitive')
    return `its role is "${column.role}", and the model is about a column of the role "sensitive"`
  if (column.transform.kind === 'redact')
    return 'the column is left out of the release, so there is nothing to protect'
  return model.kind === 't-closeness' && model.distance === 'hierarchical' && column.hierarchy === undefined
    ? 'a hierarchical distance needs a hierarchy of the column'
    : null
}

/** What the models ask for and the columns do not give. */
export const modelFaults = ({ columns, models, metric }: Plan): PlanFault[] => {
  const faults: PlanFault[] = []
  const seen = new Set<string>()
  for (const [at, model] of models.entries()) {
    const attribute = attributeOf(model)
    const advice =
      attribute === null
        ? null
        : attributeAdvice(Object.hasOwn(columns, attribute) ? columns[attribute] : undefined, model)
    if (advice !== null) faults.push({ path: pathOf('models', at, 'attribute'), advice })
    const key = JSON.stringify([model.kind, attribute])
    if (seen.has(key))
      faults.push({ path: pathOf('models', at), advice: 'this model stands twice: keep the stricter one' })
    seen.add(key)
  }
  const counted = Object.values(columns).some(
    ({ role, transform }) => role === 'quasi-identifier' && transform.kind !== 'redact',
  )
  if (models.length > 0 && !counted)
    faults.push({
      path: 'models',
      advice:
        'models count classes of quasi-identifiers, and none is released: name them, or remove the models',
    })
  if (metric === 'average-class' && !models.some(({ kind }) => kind === 'k-anonymity'))
    faults.push({ path: 'metric', advice: '"average-class" is measured by a k: add k-anonymity' })
  return faults
}
