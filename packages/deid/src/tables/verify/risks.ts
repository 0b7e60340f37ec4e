import type { Risks } from '../format/table-release.ts'
import { closeTo } from './close-to.ts'
import type { Findings } from './finding.ts'

const THRESHOLDS = ['0.05', '0.1', '0.2', '0.33']

/** The share of patients whose class is small enough for a risk, 1 / size, above the threshold. */
export const shareAtRisk = (sizes: Int32Array, threshold: number): number => {
  let patients = 0
  let atRisk = 0
  for (const size of sizes) {
    patients += size
    if (1 / size > threshold) atRisk += size
  }
  return patients === 0 ? 0 : atRisk / patients
}

/**
 * The risks of classes of these many patients. A patient of several classes counts in each. All 0 where there
 * is no class.
 */
export const releasedRisks = (sizes: Int32Array): Risks => {
  const patients = sizes.reduce((sum, size) => sum + size, 0)
  const least = sizes.reduce((smallest, size) => Math.min(smallest, size), Number.POSITIVE_INFINITY)
  const some = sizes.length > 0
  return {
    prosecutor: some ? 1 / least : 0,
    marketer: some ? sizes.length / patients : 0,
    atRisk: Object.fromEntries(
      THRESHOLDS.map((threshold) => [threshold, shareAtRisk(sizes, Number(threshold))]),
    ),
    unique: some ? sizes.filter((size) => size === 1).length / patients : 0,
    smallestClass: some ? least : 0,
    averageClass: some ? patients / sizes.length : 0,
    classes: sizes.length,
  }
}

const FIGURES = ['prosecutor', 'marketer', 'unique', 'smallestClass', 'averageClass', 'classes'] as const

export const compareRisks = (claimed: Risks, found: Risks, findings: Findings): void => {
  const compare = (name: string, a: number | undefined, b: number | undefined): void => {
    if (a === undefined || b === undefined || !closeTo(a, b))
      findings.add('wrong-risk', { file: 'manifest.json' }, `risksAfter.${name}: claimed ${a}, found ${b}.`)
  }
  for (const name of FIGURES) compare(name, claimed[name], found[name])
  for (const threshold of THRESHOLDS)
    compare(`atRisk.${threshold}`, claimed.atRisk[threshold], found.atRisk[threshold])
}

/** The source is not released: its risks can be checked only against each other and against the counts. */
export const checkRisksBefore = (
  { prosecutor, marketer, atRisk, unique, smallestClass, averageClass, classes }: Risks,
  source: { readonly rows: number; readonly patients: number },
  findings: Findings,
): void => {
  const shares = THRESHOLDS.map((threshold) => atRisk[threshold] ?? 0)
  const members = averageClass * classes
  const consistent =
    classes > 0
      ? smallestClass >= 1 &&
        closeTo(prosecutor * smallestClass, 1) &&
        closeTo(marketer * averageClass, 1) &&
        smallestClass <= averageClass * (1 + 1e-9) &&
        members >= source.patients * (1 - 1e-9) &&
        members <= source.rows * (1 + 1e-9) &&
        shares.every((share, at) => share <= (shares[at - 1] ?? 1)) &&
        unique <= (shares.at(-1) ?? 0) &&
        (smallestClass === 1) === unique > 0
      : source.rows === 0
  if (!consistent)
    findings.add('wrong-risk', { file: 'manifest.json' }, 'risksBefore: the figures contradict each other.')
}
