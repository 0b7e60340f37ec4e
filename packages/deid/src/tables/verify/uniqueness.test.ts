import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { estimateUniqueness } from '../models/population-uniqueness.ts'
import { uniqueInPopulation } from './uniqueness.ts'

const estimators = ['zayatz', 'pitman', 'dankar'] as const

const model = (estimator: (typeof estimators)[number], population: number) => ({
  kind: 'population-uniqueness' as const,
  threshold: 1,
  population,
  estimator,
})

describe('estimates of how many are unique in the population', () => {
  it("are Zayatz's where worked out by hand", () => {
    // Half of eight are drawn: P(1|1) = 1/2, P(1|2) = 2 C(6,3) / C(8,4) = 4/7. Of the two uniques, 1 / (1 +
    // 4/7) are the population's.
    const estimate = uniqueInPopulation(Int32Array.of(1, 1, 2), model('zayatz', 8))
    expect(estimate).toBeCloseTo((2 / 4) * (7 / 11), 12)
  })

  it('are those of the builder, which finds them by other means', () => {
    const sizes = fc.array(
      fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })),
      { minLength: 1, maxLength: 200 },
    )
    const sampled = fc.oneof(fc.double({ min: 1, max: 4, noNaN: true }), fc.integer({ min: 1, max: 5000 }))
    fc.assert(
      fc.property(sizes, sampled, fc.constantFrom(...estimators), (list, factor, estimator) => {
        const classes = Int32Array.from(list)
        const population = Math.ceil(classes.reduce((sum, size) => sum + size, 0) * factor)
        const theirs = estimateUniqueness(classes, { estimator, population })
        const ours = uniqueInPopulation(classes, model(estimator, population))
        expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-7 * Math.max(theirs, 1e-6))
      }),
      { numRuns: 300 },
    )
  })

  it.each(estimators)(
    'of %s are nothing without uniques, and the sample itself where it is the population',
    (estimator) => {
      expect(uniqueInPopulation(Int32Array.of(2, 3), model(estimator, 100))).toBe(0)
      expect(uniqueInPopulation(Int32Array.of(1, 1, 2), model(estimator, 4))).toBe(0.5)
      expect(uniqueInPopulation(Int32Array.of(1), model(estimator, 100))).toBeLessThanOrEqual(1)
    },
  )
})
