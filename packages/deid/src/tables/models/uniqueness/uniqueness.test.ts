import { describe, expect, it } from 'vitest'
import { fc } from '../../../shared/testing/property.ts'
import { estimateUniqueness } from '../population-uniqueness.ts'
import { seeded } from '../testing/problem.ts'
import { dankarUniqueness } from './dankar.ts'
import { fitPitman, pitmanUniqueness } from './pitman.ts'
import { type Sample, sampleOf } from './sample.ts'
import { snbUniqueness } from './snb.ts'
import { classSizes, drawn, pitmanPopulation, uniqueShare } from './testing/population.ts'
import { zayatzUniqueness } from './zayatz.ts'

const sizesArbitrary = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 60 })
const estimators = ['zayatz', 'pitman', 'dankar'] as const

/** The logarithm of Pitman's formula, factor by factor. */
const logLikelihood = (
  { sizes, counts, classes, patients }: Sample,
  theta: number,
  alpha: number,
): number => {
  let sum = 0
  for (let i = 1; i < classes; i++) sum += Math.log(theta + i * alpha)
  for (let i = 1; i < patients; i++) sum -= Math.log(theta + i)
  sizes.forEach((size, index) => {
    for (let i = 1; i < size; i++) sum += (counts[index] ?? 0) * Math.log(i - alpha)
  })
  return sum
}

describe.each(estimators)('%s', (estimator) => {
  it('is a share, whatever the sample', () => {
    fc.assert(
      fc.property(sizesArbitrary, fc.integer({ min: 0, max: 5000 }), (sizes, others) => {
        const patients = sizes.reduce((sum, size) => sum + size, 0)
        const share = estimateUniqueness(Int32Array.from(sizes), { estimator, population: patients + others })
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('nobody is unique in the population where nobody is in the sample, or nothing is released', () => {
    expect(estimateUniqueness(Int32Array.of(2, 3, 9), { estimator, population: 1000 })).toBe(0)
    expect(estimateUniqueness(new Int32Array(), { estimator, population: 1000 })).toBe(0)
  })

  it('where all of the sample are unique, nothing speaks for any that is not', () => {
    expect(estimateUniqueness(new Int32Array(30).fill(1), { estimator, population: 1000 })).toBeCloseTo(1, 12)
  })

  it('a sample that is the population is counted, not estimated', () => {
    expect(estimateUniqueness(Int32Array.of(1, 1, 2, 6), { estimator, population: 10 })).toBe(0.2)
    // Patients in several classes: more memberships than people.
    expect(estimateUniqueness(Int32Array.of(1, 1, 2, 6), { estimator, population: 8 })).toBe(0.2)
  })

  it('does not depend on the order of the classes', () => {
    const sizes = [1, 4, 1, 2, 2, 1, 7]
    const options = { estimator, population: 90 }
    expect(estimateUniqueness(Int32Array.from(sizes), options)).toBe(
      estimateUniqueness(Int32Array.from(sizes.toSorted()), options),
    )
  })

  it('a million patients in one class and some alone is no trouble', () => {
    const sizes = Int32Array.of(1_000_000, 1, 1, 2)
    const share = estimateUniqueness(sizes, { estimator, population: 300_000_000 })
    expect(share).toBeGreaterThan(0)
    expect(share).toBeLessThan(1e-3)
  })
})

describe('Zayatz', () => {
  it('by hand: classes of 1, 1 and 2, of a population of 8', () => {
    // P(1|1) = 4/8, P(1|2) = 2 * 4/8 * 4/7; 2 * 2 * (1/2) / (2 * 1/2 + 4/7) of 4.
    expect(zayatzUniqueness(sampleOf(Int32Array.of(1, 1, 2), 8))).toBeCloseTo(2 / (1 + 4 / 7) / 4, 14)
  })
})

describe('Pitman', () => {
  it('no parameters on a grid are likelier than those fitted', () => {
    fc.assert(
      fc.property(sizesArbitrary, fc.integer({ min: 1, max: 30 }), (sizes, ones) => {
        const sample = sampleOf(Int32Array.from([...sizes, 2, ...Array<number>(ones).fill(1)]), 10_000)
        const { theta, alpha } = fitPitman(sample)
        const best = logLikelihood(sample, theta, alpha)
        for (let a = 0; a < 1; a += 0.09)
          for (let t = -0.99; t < 1e6; t = t < 1 ? t + 0.2 : t * 1.9)
            if (t > -a) expect(logLikelihood(sample, t, a)).toBeLessThanOrEqual(best + 1e-7)
      }),
      { numRuns: 60 },
    )
  })

  it('the chance of being alone is the product of not being joined, one by one', () => {
    const sample = sampleOf(Int32Array.of(1, 1, 1, 2, 2, 5, 9), 500)
    const { theta, alpha } = fitPitman(sample)
    let alone = 1
    for (let i = 1; i < 500; i++) alone *= (theta + alpha + i - 1) / (theta + i)
    expect(pitmanUniqueness(sample)).toBeCloseTo(alone, 12)
  })

  it.each([
    [100, 0.5],
    [10, 0.8],
    [500, 0],
  ])('finds theta %d and alpha %d again from a sample of a tenth', (theta, alpha) => {
    const random = seeded(11)
    const population = pitmanPopulation(40_000, theta, alpha, random)
    const fitted = fitPitman(sampleOf(classSizes(drawn(population, 4000, random)), 40_000))
    expect(Math.abs(fitted.alpha - alpha)).toBeLessThan(0.08)
    const share = estimateUniqueness(classSizes(drawn(population, 4000, random)), {
      estimator: 'pitman',
      population: 40_000,
    })
    expect(Math.abs(share / uniqueShare(population) - 1)).toBeLessThan(0.25)
  })
})

describe('the slide negative binomial', () => {
  /** Classes of one and a geometric number more. */
  const population = (random: () => number): number[] => {
    const people: number[] = []
    for (let at = 0; people.length < 40_000; at++) {
      people.push(at)
      while (random() > 0.3) people.push(at)
    }
    return people
  }

  it.each([0.3, 0.5, 0.8])('is right for such a population, from a sample of %d', (fraction) => {
    const random = seeded(5)
    const people = population(random)
    const sizes = classSizes(drawn(people, Math.round(people.length * fraction), random))
    const share = snbUniqueness(sampleOf(sizes, people.length)) ?? Number.NaN
    expect(Math.abs(share / uniqueShare(people) - 1)).toBeLessThan(0.2)
  })

  it('there is none without a class of two, nor for a whole population', () => {
    expect(snbUniqueness(sampleOf(Int32Array.of(1, 1, 3), 100))).toBeNull()
    expect(snbUniqueness(sampleOf(Int32Array.of(1, 1, 2), 4))).toBeNull()
  })
})

describe('the rule of Dankar', () => {
  const sizes = Int32Array.of(1, 1, 1, 1, 2, 2, 5, 7)

  it('up to a sampling fraction of 0.1 it is Pitman’s', () => {
    const sample = sampleOf(sizes, 200)
    expect(dankarUniqueness(sample)).toBe(pitmanUniqueness(sample))
  })

  it('above, the lower of Zayatz’s and the slide negative binomial’s', () => {
    const random = seeded(2)
    const people = pitmanPopulation(20_000, 300, 0.4, random)
    for (const patients of [2200, 6000, 12_000]) {
      const sample = sampleOf(classSizes(drawn(people, patients, random)), 20_000)
      const snb = snbUniqueness(sample)
      expect(snb).not.toBeNull()
      expect(dankarUniqueness(sample)).toBe(Math.min(zayatzUniqueness(sample), snb ?? 1))
    }
  })

  it('where there is no slide negative binomial, Zayatz’s: never no risk for want of a solution', () => {
    const sample = sampleOf(Int32Array.of(1, 1, 3), 20)
    expect(dankarUniqueness(sample)).toBe(zayatzUniqueness(sample))
    expect(dankarUniqueness(sample)).toBeGreaterThan(0)
  })
})
