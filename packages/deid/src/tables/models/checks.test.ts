import { describe, expect, it } from 'vitest'
import { DeidError } from '../../shared/errors.ts'
import type { Model } from '../format/model.ts'
import type { Problem, Sensitive } from '../problem.ts'
import { compileModels } from './compile.ts'
import { problemOf, sensitiveOf } from './testing/problem.ts'

const attribute = 'disease'
/** Twelve rows, a patient each: six of value 0, four of 1, two of 2. */
const codes = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2]
const disease = sensitiveOf(attribute, codes, 3)

const thrown = (problem: Problem): DeidError => {
  try {
    compileModels(problem)
  } catch (error) {
    if (error instanceof DeidError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const refused = (model: Model, sensitive: Sensitive = disease, limit = 1) =>
  thrown(problemOf([model], [sensitive], { limit }))

const close = (t: number, distance: 'equal' | 'ordered' | 'hierarchical' = 'equal'): Model => ({
  kind: 't-closeness',
  attribute,
  t,
  distance,
})

describe('parameters that make no sense are refused as bad-model, naming the model and the cause', () => {
  it.each<[Model, string]>([
    [{ kind: 'k-anonymity', k: 1 }, 'k is 1'],
    [{ kind: 'k-anonymity', k: 2.5 }, 'k is 2.5'],
    [{ kind: 'k-anonymity', k: Number.NaN }, 'k is NaN'],
    [{ kind: 'k-anonymity', k: 13 }, 'the table has 12 patients'],
    [{ kind: 'distinct-l-diversity', attribute, l: 1 }, 'l is 1'],
    [{ kind: 'distinct-l-diversity', attribute: 'nowhere', l: 2 }, '"nowhere" is not a sensitive column'],
    [{ kind: 'entropy-l-diversity', attribute, l: 1 }, 'l is 1'],
    [{ kind: 'entropy-l-diversity', attribute, l: Number.POSITIVE_INFINITY }, 'l is Infinity'],
    [{ kind: 'recursive-l-diversity', attribute, c: 2, l: 1.5 }, 'l is 1.5'],
    [{ kind: 'recursive-l-diversity', attribute, c: 0, l: 2 }, 'c is 0'],
    [close(-0.1), 't is -0.1'],
    [close(1.1), 't is 1.1'],
    [close(Number.NaN), 't is NaN'],
    [close(0.2, 'hierarchical'), 'no hierarchy'],
    [{ kind: 'small-cells', attribute, minimum: 1 }, 'the minimum is 1'],
    [{ kind: 'small-cells', attribute: 'nowhere', minimum: 11 }, '"nowhere" is not a sensitive column'],
    [{ kind: 'prosecutor-risk', threshold: 0 }, 'the threshold is 0'],
    [{ kind: 'prosecutor-risk', threshold: 1.5 }, 'the threshold is 1.5'],
    [{ kind: 'records-at-risk', threshold: 0.2, share: -1 }, 'the share is -1'],
    [{ kind: 'marketer-risk', threshold: Number.NaN }, 'the threshold is NaN'],
    [{ kind: 'journalist-risk', threshold: 0.2, population: 11 }, 'the table alone has 12 patients'],
    [{ kind: 'journalist-risk', threshold: 0.2, population: 0.5 }, 'the population is 0.5'],
    [
      { kind: 'population-uniqueness', threshold: 0.1, population: 11, estimator: 'pitman' },
      'the table alone has 12 patients',
    ],
    [
      { kind: 'population-uniqueness', threshold: 2, population: 100, estimator: 'pitman' },
      'the threshold is 2',
    ],
  ])('%o', (model, cause) => {
    const error = refused(model)
    expect(error.code).toBe('bad-model')
    expect(error.message).toContain(`${model.kind}: `)
    expect(error.message).toContain(cause)
  })

  it('an ordered distance over values without an order', () => {
    expect(refused(close(0.2, 'ordered'), { ...disease, ranks: null }).message).toContain('have no order')
  })

  it('a hierarchical distance over levels that are no tree', () => {
    const joins = sensitiveOf(attribute, codes, 3, [[0, 0, 1]])
    const splits = sensitiveOf(attribute, codes, 3, [
      [0, 1, 2],
      [0, 0, 1],
      [0, 1, 1],
    ])
    const short = sensitiveOf(attribute, codes, 3, [[0, 1]])
    expect(refused(close(0.2, 'hierarchical'), joins).message).toContain('each value by itself')
    expect(refused(close(0.2, 'hierarchical'), short).message).toContain('each value by itself')
    expect(refused(close(0.2, 'hierarchical'), splits).message).toContain('splits a group')
  })

  it('k is counted against patients, not rows', () => {
    const problem = problemOf([{ kind: 'k-anonymity', k: 3 }], [], { rows: 6, patients: [0, 0, 0, 1, 1, 1] })
    expect(thrown(problem)).toMatchObject({ code: 'bad-model' })
  })

  it('an empty table is named as such', () => {
    expect(thrown(problemOf([], [], { rows: 0 })).code).toBe('empty-table')
  })
})

describe('models that no release of the table could hold are refused as contradictory-models', () => {
  it.each<[Model, string]>([
    [{ kind: 'distinct-l-diversity', attribute, l: 4 }, '"disease" has 3 distinct values'],
    [{ kind: 'entropy-l-diversity', attribute, l: 3.1 }, '"disease" has 3 distinct values'],
    [{ kind: 'recursive-l-diversity', attribute, c: 9, l: 4 }, '"disease" has 3 distinct values'],
    [{ kind: 'recursive-l-diversity', attribute, c: 0.5, l: 2 }, 'no class can hold'],
    [{ kind: 'small-cells', attribute, minimum: 7 }, '12 of 12 rows'],
    [{ kind: 'prosecutor-risk', threshold: 0.08 }, 'all 12 patients in one class'],
    [{ kind: 'records-at-risk', threshold: 0.08, share: 0 }, 'all 12 patients in one class'],
    [{ kind: 'marketer-risk', threshold: 0.08 }, 'with 12 patients'],
    [{ kind: 'journalist-risk', threshold: 0.005, population: 120 }, 'all 12 patients in one class'],
  ])('%o', (model, cause) => {
    const error = refused(model)
    expect(error.code).toBe('contradictory-models')
    expect(error.message).toContain(`${model.kind}: `)
    expect(error.message).toContain(cause)
  })

  it('small cells that would take more suppression than is allowed', () => {
    const model: Model = { kind: 'small-cells', attribute, minimum: 3 }
    expect(refused(model, disease, 0.16).message).toContain('2 of 12 rows')
    expect(compileModels(problemOf([model], [disease], { limit: 2 / 12 })).minimumPatients).toBe(3)
  })

  it('a diversity that the whole table lacks, where no row may be suppressed', () => {
    const model: Model = { kind: 'entropy-l-diversity', attribute, l: 2.9 }
    expect(refused(model, disease, 0).message).toContain('not even the whole table')
    expect(compileModels(problemOf([model], [disease], { limit: 0.1 })).minimumPatients).toBe(3)
  })

  it('a diversity of more values than have enough patients for a cell', () => {
    const models: readonly Model[] = [
      { kind: 'distinct-l-diversity', attribute, l: 3 },
      { kind: 'small-cells', attribute, minimum: 3 },
    ]
    const error = thrown(problemOf(models, [disease]))
    expect(error.code).toBe('contradictory-models')
    expect(error.message).toContain('only 2 values of "disease" have 3 patients')
  })
})

describe('a refusal', () => {
  it('no message holds a value of the table', () => {
    const secret = { ...disease, values: ['HIV', 'flu', 'gout'] }
    for (const model of [
      close(0.1, 'hierarchical'),
      { kind: 'distinct-l-diversity', attribute, l: 9 } as const,
    ])
      expect(refused(model, secret).message).not.toMatch(/HIV|flu|gout/)
  })
})
