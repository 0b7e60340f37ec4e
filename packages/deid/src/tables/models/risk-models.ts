import { DeidError } from '../../shared/errors.ts'
import type { TableModel } from '../format/model.ts'
import type { SourceFacts } from './facts.ts'
import { bySize, byTable, type Requirement } from './requirement.ts'
import { averageRisk, shareAbove } from './risks.ts'

/*
 * The three attackers of El Emam, Guide to the De-Identification of Personal Health Information, 2013,
 * chapters 16 to 18: the prosecutor knows that the person is in the data, the journalist does not and looks
 * for anybody of the population, the marketer matches as many as possible and is content with being right on
 * average.
 */

type Of<Kind extends TableModel['kind']> = Extract<TableModel, { kind: Kind }>

/** Throws `bad-model` for what is no share. */
export const checkShare = (
  kind: TableModel['kind'],
  name: string,
  value: number,
  least: 'above 0' | 'from 0',
) => {
  if (!(value >= 0 && value <= 1) || (least === 'above 0' && value === 0))
    throw new DeidError('bad-model', `${kind}: the ${name} is ${value}, and must be a number ${least} to 1.`)
}

/** Throws `bad-model` where the population is smaller than the table that is a sample of it. */
export const checkPopulation = (
  { kind, population }: Of<'journalist-risk'> | Of<'population-uniqueness'>,
  { patients }: SourceFacts,
) => {
  if (!Number.isSafeInteger(population) || population < 1)
    throw new DeidError(
      'bad-model',
      `${kind}: the population is ${population}, and must be a whole number of 1 or more.`,
    )
  if (population < patients)
    throw new DeidError(
      'bad-model',
      `${kind}: the population is ${population}, but the table alone has ${patients} patients.`,
    )
}

/**
 * The fewest patients of a class whose `risk` (falling with its size) is at most `threshold`, as floating
 * point has it. Throws `contradictory-models` where the table has fewer.
 */
const fewestFor = (
  { kind, threshold }: Exclude<TableModel, { kind: 'marketer-risk' }>,
  { patients }: SourceFacts,
  risk: (size: number) => number,
): number => {
  if (risk(patients) > threshold)
    throw new DeidError(
      'contradictory-models',
      `${kind}: the threshold is ${threshold}, but with all ${patients} patients in one class the risk is ${risk(patients)}.`,
    )
  let size = Math.max(1, Math.min(patients, Math.ceil(risk(1) / threshold)))
  while (size > 1 && risk(size - 1) <= threshold) size--
  while (risk(size) > threshold) size++
  return size
}

const inSample = (size: number): number => 1 / size

/** 1 / the smallest class is at most `threshold`: every class has so many patients. Reached: the risk. */
export const prosecutorRisk = (model: Of<'prosecutor-risk'>, source: SourceFacts): Requirement => {
  checkShare(model.kind, 'threshold', model.threshold, 'above 0')
  return bySize(model.kind, fewestFor(model, source, inSample), inSample)
}

/**
 * The share of patients in classes with a risk above `threshold` is at most `share`; with a share of 0 no
 * class may have it. Reached: the share.
 */
export const recordsAtRisk = (model: Of<'records-at-risk'>, source: SourceFacts): Requirement => {
  const { kind, threshold, share } = model
  checkShare(kind, 'threshold', threshold, 'above 0')
  checkShare(kind, 'share', share, 'from 0')
  const measured = byTable(
    kind,
    (patients) => shareAbove(patients, threshold),
    (reached) => reached <= share,
  )
  if (share > 0) return measured
  return { ...bySize(kind, fewestFor(model, source, inSample), inSample), reached: measured.reached }
}

/** The average risk, classes / patients, is at most `threshold`. Reached: the average. */
export const marketerRisk = ({ kind, threshold }: Of<'marketer-risk'>, source: SourceFacts): Requirement => {
  checkShare(kind, 'threshold', threshold, 'above 0')
  // One class of all has the least there can be.
  if (1 / source.patients > threshold)
    throw new DeidError(
      'contradictory-models',
      `marketer-risk: the threshold is ${threshold}, but with ${source.patients} patients no average is below ${1 / source.patients}.`,
    )
  return byTable(kind, averageRisk, (average) => average <= threshold)
}

/**
 * 1 / the smallest class in the population is at most `threshold`. Nobody counts the population: a class of f
 * of the table's n patients is ESTIMATED to be f N / n of the population's N (the k-map by proportional
 * scaling), so the risk is n / (N f). That is right on average over classes, not a bound for each: the true
 * class may be as small as f, and only the prosecutor's risk, 1 / f, is certain. N is the plan's claim. n is
 * the patients of the source table, suppressed or not: what is released of a class is all of it. Reached: the
 * estimated risk.
 */
export const journalistRisk = (model: Of<'journalist-risk'>, source: SourceFacts): Requirement => {
  const { kind, threshold, population } = model
  checkShare(kind, 'threshold', threshold, 'above 0')
  checkPopulation(model, source)
  const inPopulation = (size: number) => source.patients / (population * size)
  return bySize(kind, fewestFor(model, source, inPopulation), inPopulation)
}
