import type { Attribute } from '../hierarchy/hierarchy.ts'

/** The mean of one number for each attribute, by the attributes' weights; 0 where nothing has weight. */
export const weightedMean = (attributes: readonly Attribute[], values: readonly number[]): number => {
  let sum = 0
  let weights = 0
  attributes.forEach(({ weight }, index) => {
    sum += weight * (values[index] ?? 0)
    weights += weight
  })
  return weights === 0 ? 0 : sum / weights
}
