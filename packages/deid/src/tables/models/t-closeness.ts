import { DeidError } from '../../shared/errors.ts'
import type { ClassModel } from '../format/model.ts'
import type { Sensitive } from '../problem.ts'
import { type Distance, equalDistance, hierarchicalDistance, orderedDistance } from './distance.ts'
import type { SensitiveFacts, SourceFacts } from './facts.ts'
import { byHistogram, type Requirement } from './requirement.ts'

type TCloseness = Extract<ClassModel, { kind: 't-closeness' }>

/**
 * The values' order as whole numbers from 0 with none left out: a rank that no value of the table has is no
 * step.
 */
export const orderOf = (ranks: Int32Array): Int32Array => {
  const order = Int32Array.from(new Set(ranks)).sort()
  const place = new Map(Array.from(order, (rank, index) => [rank, index] as const))
  return ranks.map((rank) => place.get(rank) ?? 0)
}

const isFunctionOf = (coarse: Int32Array, fine: Int32Array): boolean => {
  const joined = new Map<number, number>()
  return fine.every((group, value) => {
    const above = coarse[value] ?? -1
    const before = joined.get(group) ?? above
    joined.set(group, before)
    return above >= 0 && before === above
  })
}

/**
 * The levels below the root, from the values up. Throws `bad-model` where they are no tree over the values.
 */
const treeOf = ({ groups, values }: Sensitive, name: string): readonly Int32Array[] => {
  const levels = groups ?? []
  const [finest] = levels
  if (finest === undefined)
    throw new DeidError('bad-model', `t-closeness: "${name}" has no hierarchy for the hierarchical distance.`)
  if (levels.some((level) => level.length !== values.length) || new Set(finest).size !== values.length)
    throw new DeidError(
      'bad-model',
      `t-closeness: the finest level of "${name}" does not hold each value by itself.`,
    )
  if (levels.some((level, index) => index > 0 && !isFunctionOf(level, levels[index - 1] ?? level)))
    throw new DeidError('bad-model', `t-closeness: a level of the hierarchy of "${name}" splits a group.`)
  // A top of several groups has its root above it.
  return new Set(levels.at(-1)).size <= 1 ? levels.slice(0, -1) : levels
}

const distanceOf = (
  { distance, attribute }: TCloseness,
  { sensitive, patients, total }: SensitiveFacts,
): Distance => {
  const reference = { patients, total }
  switch (distance) {
    case 'equal':
      return equalDistance(reference)
    case 'ordered':
      if (sensitive.ranks === null)
        throw new DeidError('bad-model', `t-closeness: the values of "${attribute}" have no order.`)
      return orderedDistance(reference, orderOf(sensitive.ranks))
    case 'hierarchical':
      return hierarchicalDistance(reference, treeOf(sensitive, attribute))
  }
}

/**
 * The distribution of the values in every class is at most t away from that in the source table (Li 2007), by
 * distinct patients. Reached: the greatest distance. All three distances are convex, so that joining classes
 * never adds distance, as long as counts add up.
 */
export const tCloseness = (model: TCloseness, source: SourceFacts): Requirement => {
  const { t, kind } = model
  if (!(t >= 0 && t <= 1))
    throw new DeidError('bad-model', `t-closeness: t is ${t}, and must be a number from 0 to 1.`)
  const facts = source.sensitive(model)
  return byHistogram({
    kind,
    histogram: facts.index,
    minimumPatients: 1,
    monotone: source.rowPerPatient,
    worst: 'greatest',
    measure: distanceOf(model, facts),
    holds: (distance) => distance <= t,
  })
}
