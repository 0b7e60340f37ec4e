import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { estimateUniqueness } from '../population-uniqueness.ts'
import { seeded } from '../testing/problem.ts'
import { classSizes, drawn, uniqueShare } from './testing/population.ts'

const file = resolve(import.meta.dirname, '../../../../../../../shared/data/adult/adult.csv')

/** All of the file as a population, by its first so many attributes. */
const populationBy = (attributes: number): string[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(';').slice(0, attributes).join(';'))

describe.skipIf(!existsSync(file))(
  'real people, a known population (skipped where ../shared/data/adult is absent)',
  () => {
    it.each([
      [6, 0.05, 0.25],
      [6, 0.2, 0.15],
      [6, 0.5, 0.1],
      [9, 0.05, 0.25],
      [9, 0.5, 0.1],
    ])(
      'by %i attributes, from a sample of %d, Dankar’s rule is at most %d off',
      (attributes, fraction, most) => {
        const people = populationBy(attributes)
        const sample = drawn(people, Math.round(people.length * fraction), seeded(30_162))
        const share = estimateUniqueness(classSizes(sample), {
          estimator: 'dankar',
          population: people.length,
        })
        expect(Math.abs(share / uniqueShare(people) - 1)).toBeLessThan(most)
      },
    )
  },
)
