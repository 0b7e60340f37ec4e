import { DeidError } from '../../shared/errors.ts'
import type { Model } from '../format/model.ts'
import type { ModelClaim } from '../format/table-release.ts'
import type { Problem } from '../problem.ts'
import { checkTogether } from './check-together.ts'
import type { Classes } from './classes.ts'
import { distinctLDiversity } from './distinct-l-diversity.ts'
import { entropyLDiversity } from './entropy-l-diversity.ts'
import { type SourceFacts, sourceFacts } from './facts.ts'
import { kAnonymity } from './k-anonymity.ts'
import { populationUniqueness } from './population-uniqueness.ts'
import { recursiveLDiversity } from './recursive-l-diversity.ts'
import type { Requirement } from './requirement.ts'
import { journalistRisk, marketerRisk, prosecutorRisk, recordsAtRisk } from './risk-models.ts'
import { smallCells } from './small-cells.ts'
import { tCloseness } from './t-closeness.ts'

/** The models of a problem, made ready to be asked of many states of its table. */
export interface CompiledModels {
  /** No class of fewer patients can hold; 1 where any may. */
  readonly minimumPatients: number
  /** True where a class holds exactly if it has `minimumPatients`: histograms need not be made then. */
  readonly bySizeAlone: boolean
  /** True where joining two classes that hold always gives one that holds: what makes a lattice monotone. */
  readonly monotone: boolean
  /** Whether all class models hold in class `at`. */
  classHolds(classes: Classes, at: number): boolean
  /** True where there are models of the table as a whole. */
  readonly hasTableModels: boolean
  /** Whether all models of the table hold, given the distinct patients of each released class. */
  tableHolds(patients: Int32Array): boolean
}

const requirementOf = (model: Model, source: SourceFacts): Requirement => {
  switch (model.kind) {
    case 'k-anonymity':
      return kAnonymity(model, source)
    case 'distinct-l-diversity':
      return distinctLDiversity(model, source)
    case 'entropy-l-diversity':
      return entropyLDiversity(model, source)
    case 'recursive-l-diversity':
      return recursiveLDiversity(model, source)
    case 't-closeness':
      return tCloseness(model, source)
    case 'small-cells':
      return smallCells(model, source)
    case 'prosecutor-risk':
      return prosecutorRisk(model, source)
    case 'records-at-risk':
      return recordsAtRisk(model, source)
    case 'marketer-risk':
      return marketerRisk(model, source)
    case 'journalist-risk':
      return journalistRisk(model, source)
    case 'population-uniqueness':
      return populationUniqueness(model, source)
  }
}

const requirementsOf = (problem: Problem): readonly Requirement[] => {
  if (problem.rows === 0) throw new DeidError('empty-table', 'The table has no rows.')
  const source = sourceFacts(problem)
  const requirements = problem.models.map((model) => requirementOf(model, source))
  checkTogether(problem, requirements, source)
  return requirements
}

/**
 * Throws `empty-table`; `bad-model` for parameters that make no sense (k below 2, k above the number of
 * patients, an unknown attribute, t outside 0 to 1, a hierarchical distance without a hierarchy, a population
 * smaller than the table); and `contradictory-models` where no release of this table could hold them all (an
 * l above the attribute's distinct values, for one), each naming the model and the cause.
 *
 * Models of the table that come down to a smallest class (prosecutor and journalist risk, no records at risk)
 * are made models of a class: what is too small is suppressed rather than the whole state refused.
 */
export const compileModels = (problem: Problem): CompiledModels => {
  const requirements = requirementsOf(problem)
  const minimumPatients = requirements.reduce((most, { minimumPatients: least }) => Math.max(most, least), 1)
  const ofClass = requirements.flatMap(({ classHolds }) => (classHolds === null ? [] : [classHolds]))
  const ofTable = requirements.flatMap(({ tableHolds }) => (tableHolds === null ? [] : [tableHolds]))
  return {
    minimumPatients,
    bySizeAlone: ofClass.length === 0,
    monotone: requirements.every(({ monotone }) => monotone),
    classHolds: (classes, at) => {
      if ((classes.patients[at] ?? 0) < minimumPatients) return false
      for (let model = 0; model < ofClass.length; model++)
        if (ofClass[model]?.(classes, at) !== true) return false
      return true
    },
    hasTableModels: ofTable.length > 0,
    tableHolds: (patients) => ofTable.every((holds) => holds(patients)),
  }
}

/**
 * What each model of the problem reached in these classes, in the order of `Problem.models`. Throws as
 * `compileModels` does.
 */
export const modelClaims = (problem: Problem, classes: Classes): ModelClaim[] => {
  const requirements = requirementsOf(problem)
  return problem.models.map((model, index) => ({
    model,
    reached: requirements[index]?.reached(classes) ?? 0,
  }))
}
