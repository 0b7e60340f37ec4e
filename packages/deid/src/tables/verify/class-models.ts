import type { ClassModel } from '../format/model.ts'
import type { Distribution } from '../format/table-release.ts'
import { atMost } from './close-to.ts'
import { equalDistance, hierarchicalDistance, orderedDistance } from './distances.ts'

/**
 * What one class is to a model: its patients, and how many of them have each value of the model's attribute.
 */
export interface ClassFacts {
  readonly patients: number
  readonly byValue: ReadonlyMap<string, number>
}

/** The worse of two classes has the lower value, or the higher. */
export const worseIsLower = (model: ClassModel): boolean =>
  model.kind !== 't-closeness' && model.kind !== 'recursive-l-diversity'

/** exp of the Shannon entropy of the values (Machanavajjhala 2007, definition 4.1). */
const effectiveValues = (counts: readonly number[]): number => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return Math.exp(counts.reduce((entropy, count) => entropy - (count / total) * Math.log(count / total), 0))
}

/**
 * r_1 / (r_l + … + r_m) of counts r_1 >= r_2 >= …; infinite where there are fewer than l values (definition
 * 4.2).
 */
const recursiveRatio = (counts: readonly number[], l: number): number => {
  const [first = 0, ...others] = counts.toSorted((a, b) => b - a)
  const tail = others.slice(l - 2).reduce((sum, count) => sum + count, 0)
  return tail === 0 ? Number.POSITIVE_INFINITY : first / tail
}

const distanceOf = (
  distance: Extract<ClassModel, { kind: 't-closeness' }>['distance'],
  byValue: ReadonlyMap<string, number>,
  { values, patients, ranks, groups }: Distribution,
): number => {
  const counts = values.map((value) => byValue.get(value) ?? 0)
  const inClass = counts.reduce((sum, count) => sum + count, 0)
  const inSource = patients.reduce((sum, count) => sum + count, 0)
  const p = counts.map((count) => count / inClass)
  const q = patients.map((count) => count / inSource)
  switch (distance) {
    case 'equal':
      return equalDistance(p, q)
    case 'ordered':
      return orderedDistance(p, q, ranks ?? [])
    case 'hierarchical':
      return hierarchicalDistance(p, q, groups ?? [])
  }
}

/**
 * What a class reaches under a model, in the model's own unit: patients, values, a ratio, a distance.
 * `distribution` is the source's, for t-closeness alone.
 */
export const reachedBy = (
  model: ClassModel,
  { patients, byValue }: ClassFacts,
  distribution: Distribution | null,
): number => {
  switch (model.kind) {
    case 'k-anonymity':
      return patients
    case 'distinct-l-diversity':
      return byValue.size
    case 'entropy-l-diversity':
      return effectiveValues([...byValue.values()])
    case 'recursive-l-diversity':
      return recursiveRatio([...byValue.values()], model.l)
    case 'small-cells':
      return Math.min(...byValue.values())
    case 't-closeness':
      return distribution === null
        ? Number.POSITIVE_INFINITY
        : distanceOf(model.distance, byValue, distribution)
  }
}

/** Whether a class that reached so much holds. */
export const holdsAt = (model: ClassModel, reached: number): boolean => {
  switch (model.kind) {
    case 'k-anonymity':
      return reached >= model.k
    case 'distinct-l-diversity':
      return reached >= model.l
    case 'entropy-l-diversity':
      return atMost(model.l, reached)
    case 'recursive-l-diversity':
      return reached < model.c
    case 'small-cells':
      return reached >= model.minimum
    case 't-closeness':
      return atMost(reached, model.t)
  }
}
