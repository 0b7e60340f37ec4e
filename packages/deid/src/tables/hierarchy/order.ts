import type { HierarchySpec } from '../format/plan.ts'
import { hierarchyInOrder } from './from-order.ts'
import type { Hierarchy } from './hierarchy.ts'

/** Values as listed; each level joins neighbours: "low to medium". */
export const orderHierarchy = ({ values, fanouts }: Extract<HierarchySpec, { kind: 'order' }>): Hierarchy => {
  let size = 1
  const labels = fanouts.map((fanout) => {
    size *= fanout
    const joined = size
    return values.map((_, at) => {
      const first = at - (at % joined)
      const last = Math.min(first + joined, values.length) - 1
      return first === last ? (values[first] ?? '') : `${values[first] ?? ''} to ${values[last] ?? ''}`
    })
  })
  return hierarchyInOrder(values, labels)
}
