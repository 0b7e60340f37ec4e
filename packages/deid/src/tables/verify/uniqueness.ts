import type { TableModel } from '../format/model.ts'
import { lastAbove } from './bisect.ts'
import { logOfProduct, sumOfInverses } from './series.ts'

/**
 * Classes by size: how many there are of each, and what population they are taken to be a random sample of.
 */
interface Sample {
  readonly bySize: ReadonlyMap<number, number>
  readonly classes: number
  readonly patients: number
  readonly unique: number
  readonly population: number
}

const sampleOf = (sizes: Int32Array, population: number): Sample => {
  const bySize = new Map<number, number>()
  let patients = 0
  for (const size of sizes) {
    bySize.set(size, (bySize.get(size) ?? 0) + 1)
    patients += size
  }
  // A patient of several classes counts in each, but a sample is no larger than what it is of.
  return {
    bySize,
    classes: sizes.length,
    patients,
    unique: bySize.get(1) ?? 0,
    population: Math.max(population, patients),
  }
}

const sumOver = ({ bySize }: Sample, term: (size: number) => number): number => {
  let sum = 0
  for (const [size, classes] of bySize) sum += classes * term(size)
  return sum
}

/**
 * Zayatz, Estimation of the number of unique population elements using a sample, US Census Bureau SRD 91/08,
 * 1991: the classes of the population taken to have the sizes of the sample's, Bayes gives the share of the
 * sample's uniques that are the population's. A class of i shows as one with the hypergeometric probability
 * C(i, 1) C(N - i, n - 1) / C(N, n).
 */
const zayatz = (sample: Sample): number => {
  const { patients: n, population: N, unique } = sample
  const shownAsOne = (size: number): number => {
    let probability = (size * n) / N
    for (let other = 1; other < size && probability > 0; other++)
      probability *= Math.max(0, N - n - other + 1) / (N - other)
    return probability
  }
  return (unique * unique * shownAsOne(1)) / sumOver(sample, shownAsOne) / n
}

/** Far enough: a theta at which a sample looks as if every class had one member. */
const NO_BOUND = 1e15

/**
 * Hoshino, Applying Pitman's sampling formula to microdata disclosure risk assessment, Journal of Official
 * Statistics 17(4), 2001: the theta and alpha of the greatest likelihood, 0 <= alpha < 1, and with them the
 * chance that one of N is alone, Gamma(theta + 1) / Gamma(theta + alpha) * Gamma(theta + alpha + N - 1) /
 * Gamma(theta + N).
 */
const pitman = (sample: Sample): number => {
  const { classes: u, patients: n, population: N } = sample
  if (u === n) return 1
  /** sum over i from 1 to u - 1 of 1 / (theta + i alpha) */
  const overClasses = (theta: number, alpha: number): number =>
    alpha === 0 ? (u - 1) / theta : sumOfInverses(theta / alpha + 1, u - 1) / alpha
  const thetaFor = (alpha: number): number => {
    // Bisected by theta + alpha, which is above 0 however near theta comes to -alpha.
    const slope = (log: number): number => {
      const theta = Math.exp(log) - alpha
      return overClasses(theta, alpha) - sumOfInverses(theta + 1, n - 1)
    }
    return Math.exp(lastAbove(slope, -30, Math.log(NO_BOUND))) - alpha
  }
  const slopeByAlpha = (alpha: number): number => {
    const theta = thetaFor(alpha)
    const gain =
      alpha === 0 ? (u * (u - 1)) / (2 * theta) : (u - 1 - theta * overClasses(theta, alpha)) / alpha
    return gain - sumOver(sample, (size) => sumOfInverses(1 - alpha, size - 1))
  }
  const alpha = slopeByAlpha(0) > 0 ? lastAbove(slopeByAlpha, 0, 1 - 1e-12) : 0
  return Math.exp(logOfProduct(thetaFor(alpha) + 1, N - 1, 1 - alpha))
}

/** Shlosser's estimate of the population's classes as Haas and Stokes modify it (JASA 93, 1998). */
const classesOfPopulation = (sample: Sample, f: number): number => {
  const repeated = sumOver(sample, (i) => i * f * f * (1 - f * f) ** (i - 1))
  const repeatedMissed = sumOver(sample, (i) => (1 - f) ** i * ((1 + f) ** i - 1))
  const missed = sumOver(sample, (i) => (1 - f) ** i)
  const shownAsOne = sumOver(sample, (i) => i * f * (1 - f) ** (i - 1))
  return sample.classes + sample.unique * (repeated / repeatedMissed) * (missed / shownAsOne) ** 2
}

/**
 * Chen and Keller-McNulty, Estimation of identification disclosure risk in microdata, Journal of Official
 * Statistics 14(1), 1998: classes of one and a negative binomial number more. alpha and beta are those with
 * which as many classes of one and of two are expected as the sample shows; null where there are none.
 */
const slideNegativeBinomial = (sample: Sample): number | null => {
  const { unique: ones, patients, population } = sample
  const twos = sample.bySize.get(2) ?? 0
  const f = patients / population
  const K = classesOfPopulation(sample, f)
  if (twos === 0 || !(K <= population)) return null
  const expected = (alpha: number, beta: number): { ones: number; twosPerOne: number } => {
    const w = (1 - f) * (1 - beta)
    const D = 1 - w
    const one = K * f * (beta / D) ** alpha * (1 + (alpha * w) / D)
    const twosPerOne = ((f / 2) * alpha * (1 - beta) * (2 + (alpha - 1) * w)) / (D * (D + alpha * w))
    return { ones: one, twosPerOne }
  }
  const alphaFor = (beta: number): number => {
    const short = (log: number): number => twos / ones - expected(Math.exp(log), beta).twosPerOne
    return Math.exp(lastAbove(short, -60, 60))
  }
  const short = (beta: number): number => ones - expected(alphaFor(beta), beta).ones
  const [low, high] = [1e-9, 1 - 1e-9]
  if (!(short(low) > 0 && short(high) < 0)) return null
  const beta = lastAbove(short, low, high)
  return (K * beta ** alphaFor(beta)) / population
}

/**
 * Dankar, El Emam, Neisa, Roffey, Estimating the re-identification risk of clinical data sets, BMC Med Inform
 * Decis Mak 12:66, 2012: Pitman's for a sampling fraction of up to 0.1, else the lower of Zayatz's and the
 * slide negative binomial's.
 */
const dankar = (sample: Sample): number => {
  if (sample.patients <= 0.1 * sample.population) return pitman(sample)
  const upper = zayatz(sample)
  return Math.min(upper, slideNegativeBinomial(sample) ?? upper)
}

const ESTIMATORS = { zayatz, pitman, dankar }

/**
 * The estimated share of patients who are unique in the population, 0 to 1; a sample that is the population
 * needs no estimate.
 */
export const uniqueInPopulation = (
  sizes: Int32Array,
  { estimator, population }: Extract<TableModel, { kind: 'population-uniqueness' }>,
): number => {
  const sample = sampleOf(sizes, population)
  if (sample.unique === 0) return 0
  if (sample.patients === sample.population) return sample.unique / sample.patients
  return Math.min(1, ESTIMATORS[estimator](sample))
}
