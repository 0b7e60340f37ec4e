import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { hierarchyFromRows } from './from-rows.ts'
import type { Hierarchy } from './hierarchy.ts'

const rowsOf = (text: string): string[][] =>
  text
    .trim()
    .split(' ')
    .map((row) => row.split(';'))

const ranked = ({ domain, ranks }: Hierarchy): string[] =>
  domain.toSorted((a, b) => (ranks[domain.indexOf(a)] ?? 0) - (ranks[domain.indexOf(b)] ?? 0))

/** Rows of a hierarchy that joins at random: labels tell level and group. */
const randomRows = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.array(fc.infiniteStream(fc.nat(3)), { maxLength: 3 }))
  .map(([values, streams]) => {
    const rows = Array.from({ length: values }, (_, value) => [`v${value}`])
    for (const [depth, stream] of streams.entries()) {
      const groupOf = new Map<string, string>()
      for (const row of rows) {
        const below = row.at(-1) ?? ''
        const group = groupOf.get(below) ?? `${depth}:${stream.next().value}`
        groupOf.set(below, group)
        row.push(group)
      }
    }
    return rows
  })

describe('a hierarchy from rows', () => {
  it('has a level for each cell, groups by label, and says how many values each covers', () => {
    const { domain, levels } = hierarchyFromRows(rowsOf('a;x;* b;y;* c;x;*'))
    expect(domain).toEqual(['a', 'b', 'c'])
    expect(levels).toEqual([
      { labels: ['a', 'b', 'c'], groups: Int32Array.of(0, 1, 2), sizes: Int32Array.of(1, 1, 1) },
      { labels: ['x', 'y'], groups: Int32Array.of(0, 1, 0), sizes: Int32Array.of(2, 1) },
      { labels: ['*'], groups: Int32Array.of(0, 0, 0), sizes: Int32Array.of(3) },
    ])
  })

  it('takes any nested rows, joins whole groups at each level, and ranks every group as one run', () => {
    fc.assert(
      fc.property(randomRows, (rows) => {
        const { domain, levels, ranks } = hierarchyFromRows(rows)
        expect(Array.from(ranks).toSorted((a, b) => a - b)).toEqual(Array.from(domain.keys()))
        for (const { labels, groups, sizes } of levels)
          for (const group of labels.keys()) {
            const members = Array.from(ranks).filter((_, value) => groups[value] === group)
            expect(members.length).toBe(sizes[group])
            expect(Math.max(...members) - Math.min(...members)).toBe(members.length - 1)
          }
      }),
    )
  })

  it('orders numbers by number and dates by date, an empty value first', () => {
    expect(ranked(hierarchyFromRows(rowsOf('10;* 9;* -1;* ;* 2.5;*')))).toEqual(['', '-1', '2.5', '9', '10'])
    expect(ranked(hierarchyFromRows(rowsOf('2020-01-10;* 2019-12-31;*')))).toEqual([
      '2019-12-31',
      '2020-01-10',
    ])
  })

  it('keeps groups together, as listed, where numbers would scatter them', () => {
    expect(ranked(hierarchyFromRows(rowsOf('3;odd;* 2;even;* 1;odd;* 4;even;*')))).toEqual([
      '3',
      '1',
      '2',
      '4',
    ])
  })

  it('takes a label that repeats from level to level for the same group', () => {
    expect(hierarchyFromRows(rowsOf('a;x;x;* b;x;x;* c;c;y;*')).levels.length).toBe(4)
  })

  it.each([
    ['no rows', [], 'no values'],
    ['a value twice', rowsOf('a;x b;x a;x'), '"a" stands twice'],
    ['a shorter row', rowsOf('a;x;* b;*'), 'the value "b" has 2 cells'],
    ['a longer row', rowsOf('a;* b;x;*'), 'the value "b" has 3 cells'],
    ['a missing label', rowsOf('a;x;* b;;*'), '"b" has no label at level 1'],
    ['a circle between two values', rowsOf('A;B;* B;A;*'), '"A" → "B" → "A"'],
    ['a circle within one row', rowsOf('a;x;a'), '"a" → "x" → "a"'],
    ['a circle over levels', rowsOf('a;x;y;* b;z;x;* c;y;z;*'), '"x" → "y" → "z" → "x"'],
    ['a level that splits a group', rowsOf('a;x;p b;x;q'), 'splits the group "x"'],
    ['a label for two different groups', rowsOf('a;x;x;* b;x;x;* c;y;x;*'), '"x" stands for other values'],
    ['a label that is another value', rowsOf('a;b;* b;c;* d;b;*'), '"b" stands for other values'],
  ])('refuses %s and names it', (_, rows, words) => {
    expect(() => hierarchyFromRows(rows)).toThrow(expect.objectContaining({ code: 'bad-hierarchy' }))
    expect(() => hierarchyFromRows(rows)).toThrow(words)
  })

  it('is quick to see that a deep hierarchy has no circle', () => {
    const row = Array.from({ length: 20_000 }, (_, depth) => `level ${depth}`)
    expect(hierarchyFromRows([row]).levels.length).toBe(20_000)
  })
})
