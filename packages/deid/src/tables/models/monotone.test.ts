import { describe, expect, it } from 'vitest'
import type { ClassModel, Model } from '../format/model.ts'
import { classesOf } from './classes-of.ts'
import { compileModels } from './compile.ts'
import { problemOf, sensitiveOf } from './testing/problem.ts'

const attribute = 'a'
const ALWAYS: readonly ClassModel[] = [
  { kind: 'k-anonymity', k: 2 },
  { kind: 'distinct-l-diversity', attribute, l: 2 },
  { kind: 'small-cells', attribute, minimum: 2 },
]
const BY_ADDING: readonly ClassModel[] = [
  { kind: 'entropy-l-diversity', attribute, l: 2 },
  { kind: 'recursive-l-diversity', attribute, c: 1.2, l: 2 },
  { kind: 't-closeness', attribute, t: 0, distance: 'equal' },
]

/**
 * Twenty patients of value 0 and ten of value 1: those ten are in both classes, and the twenty are ten in
 * each.
 */
const shared = (models: readonly Model[]) => {
  const rows = Array.from({ length: 40 }, (_, row) => {
    const at = row < 20 ? 0 : 1
    const inClass = row % 20
    return inClass < 10
      ? { at, value: 0, patient: inClass + 10 * at }
      : { at, value: 1, patient: inClass + 10 }
  })
  // So that the table as a whole has as many patients of each value, ten more of value 1 are suppressed.
  const others = Array.from({ length: 10 }, (_, row) => ({ at: -1, value: 1, patient: 30 + row }))
  const table = [...rows, ...others]
  const problem = problemOf(
    models,
    [
      sensitiveOf(
        attribute,
        table.map(({ value }) => value),
        2,
      ),
    ],
    {
      patients: table.map(({ patient }) => patient),
    },
  )
  const apart = classesOf(
    problem,
    Int32Array.from(table, ({ at }) => at),
    2,
  )
  const joined = classesOf(
    problem,
    Int32Array.from(table, ({ at }) => Math.min(at, 0)),
    1,
  )
  return { compiled: compileModels(problem), apart, joined }
}

describe('where patients have several rows', () => {
  it.each(BY_ADDING)(
    '$kind is not said to be monotone, and joining two classes that hold gives one that does not',
    (model) => {
      const { compiled, apart, joined } = shared([model])
      expect(compiled.monotone).toBe(false)
      expect([compiled.classHolds(apart, 0), compiled.classHolds(apart, 1)]).toEqual([true, true])
      expect(compiled.classHolds(joined, 0)).toBe(false)
    },
  )

  it.each(ALWAYS)('$kind stays monotone', (model) => {
    const { compiled, joined } = shared([model])
    expect(compiled.monotone).toBe(true)
    expect(compiled.classHolds(joined, 0)).toBe(true)
  })

  it('a patient counts once in a class, however many rows it has there', () => {
    const problem = problemOf([{ kind: 'k-anonymity', k: 2 }], [], { rows: 5, patients: [0, 0, 0, 1, 1] })
    const compiled = compileModels(problem)
    expect(compiled.classHolds(classesOf(problem, Int32Array.of(0, 0, 0, -1, -1), 1), 0)).toBe(false)
    expect(compiled.classHolds(classesOf(problem, Int32Array.of(0, 0, 0, 0, -1), 1), 0)).toBe(true)
  })
})

describe('whatever the patients', () => {
  it('of several models one that is not monotone makes none of it monotone', () => {
    for (const model of BY_ADDING) {
      expect(shared([...ALWAYS, model]).compiled.monotone).toBe(false)
      expect(shared([model, ...ALWAYS]).compiled.monotone).toBe(false)
    }
  })

  it('where every row is a patient all models of a class are monotone', () => {
    const sensitive = sensitiveOf(attribute, [0, 1, 0, 1], 2)
    expect(compileModels(problemOf([...ALWAYS, ...BY_ADDING], [sensitive])).monotone).toBe(true)
  })

  it('a model of the table makes no class fail and says nothing of joining', () => {
    const compiled = compileModels(problemOf([{ kind: 'marketer-risk', threshold: 0.5 }], [], { rows: 4 }))
    expect(compiled).toMatchObject({
      hasTableModels: true,
      bySizeAlone: true,
      monotone: true,
      minimumPatients: 1,
    })
    expect(compiled.tableHolds(Int32Array.of(1, 3))).toBe(true)
    expect(compiled.tableHolds(Int32Array.of(1, 1, 2))).toBe(false)
  })
})
