import { rootBetween } from './root.ts'
import type { Sample } from './sample.ts'

/*
 * The slide negative binomial model of Chen and Keller-McNulty, Estimation of identification disclosure risk
 * in microdata, Journal of Official Statistics 14(1), 1998: a class of the population has 1 patient and a
 * negative binomial number more, with P(F = 1) = beta^alpha, each of them in the sample with the sampling
 * fraction pi. With q = 1 - beta, w = (1 - pi) q and D = 1 - w, of the population's K classes E f1 = K pi
 * (beta / D)^alpha (1 + alpha w / D) E f2 = K pi^2 / 2 alpha q beta^alpha (2 + (alpha - 1) w) / D^(alpha + 2)
 * show as one and as two. K is estimated by Shlosser's estimator as modified by Haas and Stokes (Estimating
 * the number of classes in a finite population, JASA 93, 1998). Of the two equations, the second over the
 * first gives alpha for a beta, and the first then beta.
 */

const MARGIN = 1e-9

const estimateClasses = ({ sizes, counts, classes, ones }: Sample, fraction: number): number => {
  let repeated = 0
  let repeatedMissed = 0
  let missed = 0
  let seenAsOne = 0
  sizes.forEach((size, index) => {
    const count = counts[index] ?? 0
    const absent = (1 - fraction) ** size
    repeated += count * size * fraction ** 2 * (1 - fraction ** 2) ** (size - 1)
    repeatedMissed += count * absent * ((1 + fraction) ** size - 1)
    missed += count * absent
    seenAsOne += count * size * fraction * (1 - fraction) ** (size - 1)
  })
  return classes + ones * (repeated / repeatedMissed) * (missed / seenAsOne) ** 2
}

/**
 * The alpha that makes E f2 / E f1 what it is in the sample: the one positive root of w a^2 + (2 - w - rho w)
 * a - rho D = 0.
 */
const alphaFor = ({ ones, twos }: Sample, fraction: number, beta: number): number => {
  const w = (1 - fraction) * (1 - beta)
  const d = 1 - w
  const rho = ((2 * twos) / (fraction * ones)) * (d / (1 - beta))
  const b = 2 - w - rho * w
  const root = Math.sqrt(b * b + 4 * w * rho * d)
  return b > 0 ? (2 * rho * d) / (b + root) : (root - b) / (2 * w)
}

/**
 * The share of patients that are unique in the population, or null where no parameters fit the sample. For a
 * sampling fraction below 1.
 */
export const snbUniqueness = (sample: Sample): number | null => {
  const { ones, twos, patients, population } = sample
  if (ones === 0) return 0
  const fraction = patients / population
  if (twos === 0 || fraction >= 1) return null
  const classes = estimateClasses(sample, fraction)
  const surplus = (beta: number) => {
    const alpha = alphaFor(sample, fraction, beta)
    const w = (1 - fraction) * (1 - beta)
    const d = 1 - w
    return (beta / d) ** alpha * (1 + (alpha * w) / d) - ones / (classes * fraction)
  }
  const [low, high] = [MARGIN, 1 - MARGIN]
  if (!(surplus(low) < 0 && surplus(high) > 0)) return null
  const beta = rootBetween(surplus, low, high)
  return (classes * beta ** alphaFor(sample, fraction, beta)) / population
}
