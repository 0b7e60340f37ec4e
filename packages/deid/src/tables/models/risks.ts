import type { Risks } from '../format/table-release.ts'
import { smallest } from './requirement.ts'

/** The risks that a report counts patients above. */
const RISK_THRESHOLDS = [0.05, 0.1, 0.2, 0.33] as const

const totalOf = (patients: Int32Array): number => {
  let total = 0
  for (const count of patients) total += count
  return total
}

/** The share of patients in classes with a risk, 1 / size, above `threshold`. 0 where nothing is released. */
export const shareAbove = (patients: Int32Array, threshold: number): number => {
  let above = 0
  let total = 0
  for (const count of patients) {
    total += count
    if (1 / count > threshold) above += count
  }
  return total === 0 ? 0 : above / total
}

/**
 * The mean of 1 / size over patients, = classes / patients: how many of those that a marketer matches are
 * right.
 */
export const averageRisk = (patients: Int32Array): number => {
  const total = totalOf(patients)
  return total === 0 ? 0 : patients.length / total
}

/**
 * The risks of a release by the distinct patients of each of its classes (each 1 or more). A patient whose
 * rows fall in several classes counts in each, as the attacker finds it in each. All 0 where nothing is
 * released.
 */
export const risksOf = (patientsPerClass: Int32Array): Risks => {
  const classes = patientsPerClass.length
  const smallestClass = smallest(patientsPerClass)
  return {
    prosecutor: classes === 0 ? 0 : 1 / smallestClass,
    marketer: averageRisk(patientsPerClass),
    atRisk: Object.fromEntries(
      RISK_THRESHOLDS.map((threshold) => [String(threshold), shareAbove(patientsPerClass, threshold)]),
    ),
    // Alone in a class is a risk of 1: above anything less.
    unique: shareAbove(patientsPerClass, 0.5),
    smallestClass,
    averageClass: classes === 0 ? 0 : totalOf(patientsPerClass) / classes,
    classes,
  }
}
