import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import type { Model } from '../format/model.ts'
import { classesOf } from './classes-of.ts'
import { compileModels, modelClaims } from './compile.ts'
import { risksOf } from './risks.ts'
import { problemOf } from './testing/problem.ts'

/** Classes of these sizes, a patient a row, and what the models made of them. */
const inClasses = (sizes: readonly number[], ...models: readonly Model[]) => {
  const classOf = Int32Array.from(sizes.flatMap((size, at) => Array<number>(size).fill(at)))
  const problem = problemOf(models, [], { rows: classOf.length })
  const classes = classesOf(problem, classOf, sizes.length)
  const compiled = compileModels(problem)
  const holds =
    sizes.every((_, at) => compiled.classHolds(classes, at)) && compiled.tableHolds(classes.patients)
  return { compiled, holds, reached: modelClaims(problem, classes).map(({ reached }) => reached) }
}

describe('risks', () => {
  it('the risks of classes of 1, 2, 3 and 14 patients', () => {
    expect(risksOf(Int32Array.of(14, 1, 3, 2))).toEqual({
      prosecutor: 1,
      marketer: 4 / 20,
      // 1/14 = 0.07 is above 0.05 alone; 1/3 is above 0.33.
      atRisk: { '0.05': 1, '0.1': 6 / 20, '0.2': 6 / 20, '0.33': 6 / 20 },
      unique: 1 / 20,
      smallestClass: 1,
      averageClass: 5,
      classes: 4,
    })
  })

  it('nothing released is no risk', () => {
    expect(risksOf(new Int32Array())).toEqual({
      prosecutor: 0,
      marketer: 0,
      atRisk: { '0.05': 0, '0.1': 0, '0.2': 0, '0.33': 0 },
      unique: 0,
      smallestClass: 0,
      averageClass: 0,
      classes: 0,
    })
  })

  it('the average risk of the patients is classes / patients', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (sizes) => {
        const each = sizes.flatMap((size) => Array<number>(size).fill(1 / size))
        const { marketer, prosecutor } = risksOf(Int32Array.from(sizes))
        expect(marketer).toBeCloseTo(each.reduce((sum, risk) => sum + risk, 0) / each.length, 12)
        expect(prosecutor).toBe(Math.max(...each))
      }),
    )
  })
})

describe('prosecutor', () => {
  it('a threshold of 1/k takes classes of k, for every k: rounding takes none away and adds none', () => {
    for (let k = 2; k <= 400; k++)
      expect(inClasses([400], { kind: 'prosecutor-risk', threshold: 1 / k }).compiled.minimumPatients).toBe(k)
  })

  it('a threshold a hair to either side of 1/k takes as many as floating point has it, and no more', () => {
    for (let k = 2; k <= 400; k++)
      for (const threshold of [1 - Number.EPSILON / 2, 1 - Number.EPSILON, 1 + Number.EPSILON].map(
        (hair) => hair / k,
      )) {
        const model: Model = { kind: 'prosecutor-risk', threshold }
        const { minimumPatients } = inClasses([500], model).compiled
        expect(1 / minimumPatients).toBeLessThanOrEqual(threshold)
        expect(1 / (minimumPatients - 1)).toBeGreaterThan(threshold)
      }
  })

  it('a class that is too small fails by itself, so that it can be suppressed', () => {
    const { compiled, holds, reached } = inClasses([4, 9], { kind: 'prosecutor-risk', threshold: 0.2 })
    expect(compiled).toMatchObject({ minimumPatients: 5, bySizeAlone: true, hasTableModels: false })
    expect(holds).toBe(false)
    expect(reached).toEqual([0.25])
  })
})

describe('records at risk', () => {
  it('the share of patients, not of classes', () => {
    const model = (share: number): Model => ({ kind: 'records-at-risk', threshold: 0.2, share })
    expect(inClasses([2, 18], model(0.1))).toMatchObject({ holds: true, reached: [0.1] })
    expect(inClasses([2, 18], model(0.09))).toMatchObject({ holds: false, reached: [0.1] })
  })

  it('a class at the threshold is not above it', () => {
    expect(inClasses([5, 15], { kind: 'records-at-risk', threshold: 0.2, share: 0.1 }).reached).toEqual([0])
  })

  it('no share at all makes it a model of the class', () => {
    const { compiled } = inClasses([20], { kind: 'records-at-risk', threshold: 0.2, share: 0 })
    expect(compiled).toMatchObject({ minimumPatients: 5, hasTableModels: false })
  })
})

describe('marketer', () => {
  it('is the average, though one patient is alone', () => {
    expect(inClasses([1, 19], { kind: 'marketer-risk', threshold: 0.1 })).toMatchObject({
      holds: true,
      reached: [0.1],
    })
    expect(inClasses([1, 1, 18], { kind: 'marketer-risk', threshold: 0.1 }).holds).toBe(false)
  })
})

describe('journalist', () => {
  const model = (population: number): Model => ({ kind: 'journalist-risk', threshold: 0.1, population })

  it('a class of 2 of 20 is taken for one of 20 of 200', () => {
    expect(inClasses([2, 18], model(200))).toMatchObject({ holds: true, reached: [0.05] })
  })

  it('where the table is the population it is the prosecutor', () => {
    expect(inClasses([5, 15], model(20))).toMatchObject({ holds: false, reached: [0.2] })
  })

  it('suppression of others does not make a class larger in the population', () => {
    const problem = problemOf([model(200)], [], { rows: 20 })
    const all = classesOf(
      problem,
      Int32Array.from({ length: 20 }, (_, row) => (row < 2 ? 0 : 1)),
      2,
    )
    const few = classesOf(
      problem,
      Int32Array.from({ length: 20 }, (_, row) => (row < 2 ? 0 : -1)),
      1,
    )
    expect(modelClaims(problem, few)).toEqual(modelClaims(problem, all))
  })
})
