import type { Sample } from './sample.ts'

/**
 * The share of patients that are unique in the population, by Zayatz (Estimation of the number of unique
 * population elements using a sample, US Census Bureau, SRD/RR-91/08, 1991): the population's classes are
 * taken to be distributed as the sample's, and a class of i in the population shows as one in the sample with
 * hypergeometric probability P(1 | i) = i n/N (N-n)/(N-1) … (N-n-i+2)/(N-i+1). By Bayes, f1 P(1 | 1) / sum
 * f_i P(1 | i) of the sample's f1 uniques are unique in the population: as a share of the sample, the same as
 * of the population. Too many for small sampling fractions.
 */
export const zayatzUniqueness = ({ sizes, counts, patients, ones, population }: Sample): number => {
  if (ones === 0) return 0
  const fraction = patients / population
  let othersMissed = 1
  let size = 1
  let seenAsOne = 0
  sizes.forEach((next, index) => {
    for (; size < next && othersMissed > 0; size++)
      othersMissed *= Math.max(0, (population - patients - size + 1) / (population - size))
    size = next
    seenAsOne += (counts[index] ?? 0) * next * fraction * othersMissed
  })
  return (ones * ((ones * fraction) / seenAsOne)) / patients
}
