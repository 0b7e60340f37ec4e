import type { Model } from '../format/model.ts'
import type { ModelVerdict } from '../format/risk-report.ts'
import type { ModelClaim } from '../format/table-release.ts'
import { chosen, chosenShare, count } from './numbers.ts'

type Words = Pick<ModelVerdict, 'name' | 'meaning' | 'relation' | 'asked' | 'unit'> & {
  readonly estimated?: boolean
}

const DISTANCES = {
  equal: 'all values equally far apart',
  ordered: 'by the order of the values',
  hierarchical: 'by the hierarchy of the values',
} as const

const ESTIMATORS = {
  zayatz: "Zayatz's estimate",
  pitman: "Pitman's estimate",
  dankar: "the estimate that Dankar's rule chooses",
} as const

const wordsOf = (model: Model): Words => {
  switch (model.kind) {
    case 'k-anonymity':
      return {
        name: 'k-anonymity',
        meaning: 'No class of records with the same quasi-identifiers has fewer patients.',
        relation: 'at least',
        asked: model.k,
        unit: 'patients',
      }
    case 'distinct-l-diversity':
      return {
        name: 'Distinct l-diversity',
        meaning: 'Every class has so many different values.',
        relation: 'at least',
        asked: model.l,
        unit: 'values',
      }
    case 'entropy-l-diversity':
      return {
        name: 'Entropy l-diversity',
        meaning: 'In every class the value is as hard to guess as among so many equally frequent ones.',
        relation: 'at least',
        asked: model.l,
        unit: 'ratio',
      }
    case 'recursive-l-diversity':
      return {
        name: `Recursive (${chosen(model.c)}, ${chosen(model.l)})-diversity`,
        meaning: `In every class, how often the most frequent value occurs for each time that the values of rank ${chosen(model.l)} and lower do.`,
        relation: 'less than',
        asked: model.c,
        unit: 'ratio',
      }
    case 't-closeness':
      return {
        name: 't-closeness',
        meaning: `How far the values of a class are from those of the whole table, ${DISTANCES[model.distance]}.`,
        relation: 'at most',
        asked: model.t,
        unit: 'distance',
      }
    case 'small-cells':
      return {
        name: 'Small cells',
        meaning: 'A value that occurs in a class occurs for so many of its patients.',
        relation: 'at least',
        asked: model.minimum,
        unit: 'patients',
      }
    case 'prosecutor-risk':
      return {
        name: 'Highest risk',
        meaning:
          "The prosecutor's risk: the chance to pick out a patient who is known to be in the data, in the smallest class.",
        relation: 'at most',
        asked: model.threshold,
        unit: 'share',
      }
    case 'records-at-risk':
      return {
        name: 'Records at risk',
        meaning: `The share of patients whose risk is above ${chosenShare(model.threshold)}.`,
        relation: 'at most',
        asked: model.share,
        unit: 'share',
      }
    case 'marketer-risk':
      return {
        name: 'Average risk',
        meaning: "The marketer's risk: the share of patients that are rightly matched when all are tried.",
        relation: 'at most',
        asked: model.threshold,
        unit: 'share',
      }
    case 'journalist-risk':
      return {
        name: "Journalist's risk",
        meaning: `The chance to pick out somebody of a population of ${count(model.population)}, in its smallest class that the release meets.`,
        relation: 'at most',
        asked: model.threshold,
        unit: 'share',
        estimated: true,
      }
    case 'population-uniqueness':
      return {
        name: 'Population uniqueness',
        meaning: `The share of patients who are alone with their quasi-identifiers in a population of ${count(model.population)}, by ${ESTIMATORS[model.estimator]}.`,
        relation: 'at most',
        asked: model.threshold,
        unit: 'share',
        estimated: true,
      }
    default:
      return model satisfies never
  }
}

/**
 * Logarithms and sums are right to some units in the last place: a bound that is met exactly may come out a
 * hair beside it.
 */
const SLACK = 1e-9

const keeps = ({ relation, asked }: Words, reached: number): boolean => {
  switch (relation) {
    case 'at least':
      return reached >= asked - SLACK
    case 'at most':
      return reached <= asked + SLACK
    case 'less than':
      return reached < asked
    default:
      return relation satisfies never
  }
}

/** The verdict on one model. Where no row is released every model holds, having nothing to hold for. */
export const verdictOn = ({ model, reached }: ModelClaim, releasedRows: number): ModelVerdict => {
  const words = wordsOf(model)
  return {
    model,
    attribute: 'attribute' in model ? model.attribute : null,
    estimated: false,
    ...words,
    reached,
    holds: releasedRows === 0 || keeps(words, reached),
  }
}
