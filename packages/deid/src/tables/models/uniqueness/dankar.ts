import { pitmanUniqueness } from './pitman.ts'
import type { Sample } from './sample.ts'
import { snbUniqueness } from './snb.ts'
import { zayatzUniqueness } from './zayatz.ts'

/**
 * The share of patients that are unique in the population by the rule of Dankar, El Emam, Neisa, Roffey,
 * Estimating the re-identification risk of clinical data sets, BMC Medical Informatics and Decision Making
 * 12:66, 2012: Pitman's estimate for sampling fractions of up to 0.1, above that the lower of Zayatz's and
 * the slide negative binomial's. Where the latter has no solution, Zayatz's, the higher.
 */
export const dankarUniqueness = (sample: Sample): number => {
  if (sample.patients / sample.population <= 0.1) return pitmanUniqueness(sample)
  const zayatz = zayatzUniqueness(sample)
  return Math.min(zayatz, snbUniqueness(sample) ?? zayatz)
}
