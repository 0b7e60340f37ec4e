import type { TableModel } from '../format/model.ts'
import type { SourceFacts } from './facts.ts'
import { byTable, type Requirement } from './requirement.ts'
import { checkPopulation, checkShare } from './risk-models.ts'
import { dankarUniqueness } from './uniqueness/dankar.ts'
import { pitmanUniqueness } from './uniqueness/pitman.ts'
import { type Sample, sampleOf } from './uniqueness/sample.ts'
import { zayatzUniqueness } from './uniqueness/zayatz.ts'

type PopulationUniqueness = Extract<TableModel, { kind: 'population-uniqueness' }>

const ESTIMATORS: Readonly<Record<PopulationUniqueness['estimator'], (sample: Sample) => number>> = {
  zayatz: zayatzUniqueness,
  pitman: pitmanUniqueness,
  dankar: dankarUniqueness,
}

/**
 * The estimated share of patients unique in a population of `population` patients, of which those with these
 * class sizes are a sample: 0 to 1. Where the sample is all of the population nothing is estimated: its own
 * share of uniques.
 */
export const estimateUniqueness = (
  patientsPerClass: Int32Array,
  { estimator, population }: Pick<PopulationUniqueness, 'estimator' | 'population'>,
): number => {
  const sample = sampleOf(patientsPerClass, population)
  if (sample.ones === 0) return 0
  if (sample.patients === sample.population) return sample.ones / sample.patients
  return Math.min(1, ESTIMATORS[estimator](sample))
}

/**
 * The estimated share of patients who are unique in the population is at most `threshold`. The sample are the
 * patients released; all estimators take it to be drawn at random, which suppression of rare patients is not.
 * Reached: the estimate.
 */
export const populationUniqueness = (model: PopulationUniqueness, source: SourceFacts): Requirement => {
  checkShare(model.kind, 'threshold', model.threshold, 'from 0')
  checkPopulation(model, source)
  return byTable(
    model.kind,
    (patients) => estimateUniqueness(patients, model),
    (share) => share <= model.threshold,
  )
}
