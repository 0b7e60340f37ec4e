import { harmonicSum, logGammaShift } from './gamma.ts'
import { rootBetween } from './root.ts'
import type { Sample } from './sample.ts'

/*
 * Pitman's sampling formula as a superpopulation: Hoshino, Applying Pitman's sampling formula to microdata
 * disclosure risk assessment, Journal of Official Statistics 17(4), 2001. With u classes of n patients, f_j
 * of them of size j, the likelihood is prod_{i=1}^{u-1} (theta + i alpha) / prod_{i=1}^{n-1} (theta + i) *
 * prod_j (prod_{i=1}^{j-1} (i - alpha))^f_j, 0 <= alpha < 1, theta > -alpha. For each alpha the best theta is
 * where the derivative by theta is 0, and the best alpha where, along those, the derivative by alpha is: two
 * roots, one inside the other, each in a bracket. (Newton's iteration in both at once, as is usual, diverges
 * for some tables, and then there is no estimate.) Where the likelihood falls from alpha = 0 on, alpha is 0
 * (Ewens): a negative one, for populations of few and even classes, would give fewer uniques; this errs to
 * the safe side.
 */

/** Below 1 - alpha = this, the estimate is that all are unique, whatever alpha. */
const LEAST_GAP = 1e-12

const LEAST_LOG = -30

/** sum_{i=1}^{u-1} 1 / (theta + i alpha). */
const classSum = (classes: number, theta: number, alpha: number): number =>
  alpha === 0 ? (classes - 1) / theta : harmonicSum(1 + theta / alpha, classes - 1) / alpha

/** The theta of the greatest likelihood for this alpha, found by the logarithm of theta + alpha. */
const bestTheta = ({ classes, patients }: Sample, alpha: number): number => {
  const slope = (log: number) => {
    const theta = Math.exp(log) - alpha
    return classSum(classes, theta, alpha) - harmonicSum(theta + 1, patients - 1)
  }
  // Towards -alpha the slope goes to infinity, and far out it is (u - n) / theta, which is below 0.
  let high = 1
  while (slope(high) > 0) high *= 2
  return Math.exp(rootBetween(slope, LEAST_LOG, high)) - alpha
}

const alphaSlope = (sample: Sample, alpha: number): number => {
  const { classes, sizes, counts } = sample
  const theta = bestTheta(sample, alpha)
  const gain =
    alpha === 0
      ? (classes * (classes - 1)) / (2 * theta)
      : (classes - 1 - theta * classSum(classes, theta, alpha)) / alpha
  return sizes.reduce(
    (slope, size, index) => slope - (counts[index] ?? 0) * harmonicSum(1 - alpha, size - 1),
    gain,
  )
}

/**
 * The parameters of the greatest likelihood. For samples with 2 classes or more, and fewer classes than
 * patients.
 */
export const fitPitman = (sample: Sample): { readonly theta: number; readonly alpha: number } => {
  const slope = (alpha: number) => alphaSlope(sample, alpha)
  const alpha = slope(0) <= 0 ? 0 : rootBetween(slope, 0, 1 - LEAST_GAP)
  return { theta: bestTheta(sample, alpha), alpha }
}

/**
 * The share of patients that are unique in the population: that an item is alone among N is prod_{i=1}^{N-1}
 * (theta + alpha + i - 1) / (theta + i) (Hoshino's Gamma(theta + 1) / Gamma(theta + alpha) N^(alpha - 1) is
 * what this comes to for large N, but may exceed 1). Where all of the sample are unique nothing speaks for
 * any class of two: 1.
 */
export const pitmanUniqueness = (sample: Sample): number => {
  const { classes, patients, ones, population } = sample
  if (ones === 0) return 0
  if (classes === patients) return 1
  const { theta, alpha } = fitPitman(sample)
  return Math.exp(logGammaShift(theta + population, alpha - 1) - logGammaShift(theta + 1, alpha - 1))
}
