import { describe, expect, it } from 'vitest'
import { classesOf } from './classes-of.ts'
import { distributionsOf } from './distributions.ts'
import { problemOf, sensitiveOf } from './testing/problem.ts'

const model = { kind: 't-closeness', attribute: 'b', t: 0.5, distance: 'ordered' } as const

/** Rows of patients 0, 0, 0, 1, 1, 2. */
const patients = [0, 0, 0, 1, 1, 2]
const named = sensitiveOf('b', [2, 0, 0, 0, 2, 1], 3)
const problem = problemOf([model, { ...model, t: 0.4 }], [sensitiveOf('a', [0, 0, 0, 0, 0, 0], 1), named], {
  patients,
})

describe('what the models count', () => {
  it('classes count rows, and patients once; only attributes that a model names have histograms', () => {
    expect(classesOf(problem, Int32Array.of(1, 1, 1, 1, -1, 0), 3)).toEqual({
      count: 3,
      rows: Int32Array.of(1, 4, 0),
      patients: Int32Array.of(1, 2, 0),
      histograms: [
        {
          starts: Int32Array.of(0, 1, 3, 3),
          values: Int32Array.of(1, 0, 2),
          patients: Int32Array.of(1, 2, 1),
        },
      ],
    })
  })

  it('where every row is a patient of its own, rows and patients are one array', () => {
    const { rows, patients: counted } = classesOf({ ...problem, patients: null }, new Int32Array(6), 1)
    expect(counted).toBe(rows)
  })

  it('the source’s distribution counts patients, each once for each value, and names an attribute once', () => {
    expect(distributionsOf(problem)).toEqual([
      { attribute: 'b', values: ['b-0', 'b-1', 'b-2'], patients: [2, 1, 2], ranks: [0, 1, 2], groups: null },
    ])
  })
})
