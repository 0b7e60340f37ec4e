import type { TableModel } from '../format/model.ts'
import { atMost, ESTIMATE_TOLERANCE } from './close-to.ts'
import { shareAtRisk } from './risks.ts'
import { uniqueInPopulation } from './uniqueness.ts'

/** What classes of these many patients reach under a model of the table. 0 where there is no class. */
export const reachedByTable = (model: TableModel, sizes: Int32Array, sourcePatients: number): number => {
  if (sizes.length === 0) return 0
  const least = sizes.reduce((smallest, size) => Math.min(smallest, size))
  switch (model.kind) {
    case 'prosecutor-risk':
      return 1 / least
    case 'records-at-risk':
      return shareAtRisk(sizes, model.threshold)
    case 'marketer-risk':
      return sizes.length / sizes.reduce((sum, size) => sum + size, 0)
    case 'journalist-risk':
      // A class of f of the source's n patients is taken for one of f N / n in a population of N.
      return sourcePatients / (model.population * least)
    case 'population-uniqueness':
      return uniqueInPopulation(sizes, model)
  }
}

export const tableHolds = (model: TableModel, reached: number): boolean =>
  atMost(reached, model.kind === 'records-at-risk' ? model.share : model.threshold)

/** How exactly two programs agree on what a model reached. */
export const toleranceOf = (model: TableModel): number | undefined =>
  model.kind === 'population-uniqueness' ? ESTIMATE_TOLERANCE : undefined
