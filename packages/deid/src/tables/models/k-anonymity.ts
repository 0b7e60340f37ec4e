import { DeidError } from '../../shared/errors.ts'
import type { ClassModel } from '../format/model.ts'
import type { SourceFacts } from './facts.ts'
import { bySize, type Requirement } from './requirement.ts'

type KAnonymity = Extract<ClassModel, { kind: 'k-anonymity' }>

/**
 * Every class has at least k distinct patients (Sweeney, k-anonymity: a model for protecting privacy, 2002).
 * Reached: the patients of the smallest class.
 */
export const kAnonymity = ({ k }: KAnonymity, { patients }: SourceFacts): Requirement => {
  if (!Number.isSafeInteger(k) || k < 2)
    throw new DeidError('bad-model', `k-anonymity: k is ${k}, and must be a whole number of 2 or more.`)
  if (k > patients)
    throw new DeidError('bad-model', `k-anonymity: k is ${k}, but the table has ${patients} patients.`)
  return bySize('k-anonymity', k, (smallestClass) => smallestClass)
}
