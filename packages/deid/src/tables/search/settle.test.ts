import { describe, expect, it } from 'vitest'
import { compileModels } from '../models/compile.ts'
import type { Problem, Recoded } from '../problem.ts'
import { type SolutionDraft, settle } from './settle.ts'
import { attributeOf } from './testing/problem.ts'

const problem: Problem = {
  rows: 6,
  attributes: [
    attributeOf(
      'a',
      [0, 0, 1, 2, 2, 2],
      [
        [0, 0, 1],
        [0, 0, 0],
      ],
    ),
  ],
  sensitive: [
    { name: 's', values: ['x', 'y'], codes: Int32Array.from([0, 1, 0, 0, 1, 0]), ranks: null, groups: null },
  ],
  patients: null,
  models: [
    { kind: 'k-anonymity', k: 2 },
    { kind: 'distinct-l-diversity', attribute: 's', l: 2 },
  ],
  suppressionLimit: 0.2,
}
const group = (level: number, at: number): Recoded[] => [{ kind: 'level', level, group: at }]
const range = (from: number, to: number): Recoded[] => [{ kind: 'range', from, to }]
const good: SolutionDraft = {
  method: 'local',
  classOf: Int32Array.from([0, 0, 0, 1, 1, 1]),
  recoded: [group(1, 0), group(1, 1)],
  levels: null,
  proof: { kind: 'heuristic' },
  checked: 1,
}
const settled = (change: Partial<SolutionDraft>, of: Problem = problem) =>
  settle(of, compileModels(of), { ...good, ...change })

describe('settling a draft', () => {
  it('measures what holds', () => {
    expect(settled({})).toMatchObject({ loss: 0.25, suppressedRows: 0 })
    expect(settled({ classOf: Int32Array.from([0, 0, -1, 1, 1, 1]) })).toMatchObject({ suppressedRows: 1 })
    expect(settled({ recoded: [range(0, 1), range(2, 2)] })).toMatchObject({ loss: 0.25 })
  })

  it.each<[what: string, change: Partial<SolutionDraft>]>([
    ['a row that its group does not cover', { classOf: Int32Array.from([0, 0, 1, 1, 1, 1]) }],
    ['a row that its range does not cover', { recoded: [range(0, 0), range(2, 2)] }],
    [
      'a class that is too small',
      { classOf: Int32Array.from([0, 0, 2, 1, 1, 1]), recoded: [...good.recoded, group(0, 1)] },
    ],
    [
      'a class that fails another model',
      { classOf: Int32Array.from([0, 0, 0, 1, 2, 1]), recoded: [group(1, 0), group(1, 1), group(2, 0)] },
    ],
    ['more rows suppressed than may be', { classOf: Int32Array.from([0, 0, -1, 1, 1, -1]) }],
    ['all rows suppressed', { classOf: new Int32Array(6).fill(-1), recoded: [] }],
    ['a class that does not exist', { classOf: Int32Array.from([0, 0, 0, 1, 1, 7]) }],
    ['an empty class', { recoded: [...good.recoded, group(2, 0)] }],
    ['a row without a class', { classOf: Int32Array.from([0, 0, 0, 1, 1]) }],
    ['a class without its cell', { recoded: [group(1, 0), []] }],
  ])('refuses %s', (_, change) => {
    expect(() => settled(change)).toThrow(expect.objectContaining({ code: 'bad-release' }))
  })

  it('judges classes that an observer can not tell apart as the one class that they are', () => {
    const parts: Partial<SolutionDraft> = {
      classOf: Int32Array.from([0, 1, 1, 2, 2, 2]),
      recoded: [group(1, 0), group(1, 0), group(1, 1)],
    }
    expect(settled(parts)).toMatchObject({ loss: 0.25 })
  })

  it('refuses a release that fails a model of the table', () => {
    const strict: Problem = { ...problem, models: [{ kind: 'marketer-risk', threshold: 0.2 }] }
    expect(() => settled({}, strict)).toThrow(expect.objectContaining({ code: 'bad-release' }))
  })
})
