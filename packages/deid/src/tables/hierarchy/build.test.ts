import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import type { HierarchySpec } from '../format/plan.ts'
import { buildHierarchy } from './build.ts'
import type { Hierarchy } from './hierarchy.ts'

const noFiles = (): never => {
  throw new Error('no file was asked for')
}

const build = (spec: HierarchySpec, values: readonly string[]): Hierarchy =>
  buildHierarchy(spec, values, noFiles, 'x')

/** What a value becomes, level by level. */
const pathOf = ({ domain, levels }: Hierarchy, value: string): (string | undefined)[] =>
  levels.map(({ labels, groups }) => labels[groups[domain.indexOf(value)] ?? -1])

describe('intervals', () => {
  it('hold their lower bound and not their upper, and end in one group', () => {
    const ages = build({ kind: 'interval', widths: [5, 10], bottom: 20, top: 90 }, [
      '90',
      '19',
      '20',
      '24',
      '25',
      '89',
      '104',
    ])
    expect(ages.domain).toEqual(['19', '20', '24', '25', '89', '90', '104'])
    expect(pathOf(ages, '19')).toEqual(['19', '< 20', '< 20', '*'])
    expect(pathOf(ages, '20')).toEqual(['20', '[20, 25)', '[20, 30)', '*'])
    expect(pathOf(ages, '25')).toEqual(['25', '[25, 30)', '[20, 30)', '*'])
    expect(pathOf(ages, '89')).toEqual(['89', '[85, 90)', '[80, 90)', '*'])
    expect(pathOf(ages, '90')).toEqual(['90', '>= 90', '>= 90', '*'])
    expect(pathOf(ages, '104')).toEqual(['104', '>= 90', '>= 90', '*'])
  })

  it('cut a band at a bound, and say so', () => {
    const hierarchy = build({ kind: 'interval', widths: [20], top: 90 }, ['85', '91'])
    expect(pathOf(hierarchy, '85')[1]).toBe('[80, 90)')
  })

  it('print bounds between which the value lies, fractions and negative numbers too', () => {
    const number = fc.integer({ min: -100_000, max: 100_000 }).map((n) => String(n / 100))
    fc.assert(
      fc.property(
        fc.uniqueArray(number, { minLength: 2, maxLength: 20 }),
        fc.constantFrom([0.1, 0.5, 5], [0.3, 0.9], [7]),
        fc.constantFrom(0, 0.05, -3),
        (values, widths, origin) => {
          const hierarchy = build({ kind: 'interval', widths, origin }, values)
          for (const value of values)
            for (const label of pathOf(hierarchy, value).slice(1, widths.length + 1)) {
              const [from = Number.NaN, to = Number.NaN] = (label ?? '').slice(1, -1).split(', ').map(Number)
              expect(from <= Number(value) && Number(value) < to).toBe(true)
            }
        },
      ),
    )
  })

  it('keep an empty value apart until the top', () => {
    const hierarchy = build({ kind: 'interval', widths: [10] }, ['5', '', '7'])
    expect(hierarchy.domain[0]).toBe('')
    expect(pathOf(hierarchy, '')).toEqual(['', '', '*'])
  })
})

describe('dates', () => {
  it('become weeks, months, quarters, years, five years and decades', () => {
    const values = ['2021-02-03', '2019-12-31', '']
    const hierarchy = build(
      { kind: 'date', levels: ['month', 'quarter', 'year', 'five-years', 'decade'] },
      values,
    )
    expect(hierarchy.domain).toEqual(['', '2019-12-31', '2021-02-03'])
    expect(pathOf(hierarchy, '2021-02-03')).toEqual([
      '2021-02-03',
      '2021-02',
      '2021-Q1',
      '2021',
      '2020-2024',
      '2020-2029',
      '*',
    ])
    expect(pathOf(hierarchy, '')).toEqual(['', '', '', '', '', '', '*'])
  })

  it('of a week say from Monday to Sunday which days they are, cut where the next level ends', () => {
    const values = ['2020-12-31', '2021-01-01', '2021-01-04']
    const alone = build({ kind: 'date', levels: ['week'] }, values)
    expect(values.map((value) => pathOf(alone, value)[1])).toEqual([
      '2020-12-28/2021-01-03',
      '2020-12-28/2021-01-03',
      '2021-01-04/2021-01-10',
    ])
    const inYears = build({ kind: 'date', levels: ['week', 'year'] }, values)
    expect(values.map((value) => pathOf(inYears, value)[1])).toEqual([
      '2020-12-28/2020-12-31',
      '2021-01-01/2021-01-03',
      '2021-01-04/2021-01-10',
    ])
  })

  it('nest whatever levels are chosen', () => {
    const chosen = fc.subarray(['week', 'month', 'quarter', 'year', 'five-years', 'decade'] as const, {
      minLength: 1,
    })
    const days = fc.uniqueArray(
      fc.date({ min: new Date('1901-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      {
        minLength: 2,
        maxLength: 30,
        selector: (date) => date.toISOString().slice(0, 10),
      },
    )
    fc.assert(
      fc.property(chosen, days, (levels, dates) => {
        const values = dates.map((date) => date.toISOString().slice(0, 10))
        expect(build({ kind: 'date', levels }, values).domain).toEqual(values.toSorted())
      }),
    )
  })
})

describe('prefixes', () => {
  it('mark what longer codes share, and leave a short code its name where it is alone', () => {
    const hierarchy = build({ kind: 'prefix', lengths: [5, 3] }, ['E11.9', 'E11.65', 'E11', 'I10'])
    expect(pathOf(hierarchy, 'E11.65')).toEqual(['E11.65', 'E11.6*', 'E11*', '*'])
    expect(pathOf(hierarchy, 'E11.9')).toEqual(['E11.9', 'E11.9', 'E11*', '*'])
    expect(pathOf(hierarchy, 'E11')).toEqual(['E11', 'E11', 'E11*', '*'])
    expect(pathOf(hierarchy, 'I10')).toEqual(['I10', 'I10', 'I10', '*'])
  })

  it('never cut a character in two', () => {
    expect(pathOf(build({ kind: 'prefix', lengths: [1] }, ['😀a', '😀b', 'c']), '😀a')[1]).toBe('😀*')
  })
})

describe('an order', () => {
  it('joins neighbours, the last group being as long as what is left', () => {
    const values = ['none', 'mild', 'moderate', 'severe', 'fatal']
    const hierarchy = build({ kind: 'order', values, fanouts: [2, 2] }, ['severe'])
    expect(hierarchy.domain).toEqual(values)
    expect(Array.from(hierarchy.ranks)).toEqual([0, 1, 2, 3, 4])
    expect(pathOf(hierarchy, 'mild')).toEqual(['mild', 'none to mild', 'none to severe', '*'])
    expect(pathOf(hierarchy, 'fatal')).toEqual(['fatal', 'fatal', 'fatal', '*'])
  })
})

describe('a specification', () => {
  const cases: [string, HierarchySpec, string[], string][] = [
    ['a value that is no number', { kind: 'interval', widths: [5] }, ['5', 'five'], '"five" is not a number'],
    [
      'a value that is no date',
      { kind: 'date', levels: ['year'] },
      ['2020-02-30'],
      '"2020-02-30" is not a date',
    ],
    ['widths that do not nest', { kind: 'interval', widths: [5, 12] }, ['5'], 'multiple'],
    ['a width of 0', { kind: 'interval', widths: [0] }, ['5'], 'above 0'],
    ['no width', { kind: 'interval', widths: [] }, ['5'], 'at least one width'],
    ['a bottom above the top', { kind: 'interval', widths: [5], bottom: 9, top: 1 }, ['5'], 'below the top'],
    [
      'levels of dates out of order',
      { kind: 'date', levels: ['year', 'month'] },
      ['2020-01-01'],
      'fine to coarse',
    ],
    ['a level of dates twice', { kind: 'date', levels: ['year', 'year'] }, ['2020-01-01'], 'fine to coarse'],
    ['no level of dates', { kind: 'date', levels: [] }, ['2020-01-01'], 'at least one level'],
    ['prefixes that get longer', { kind: 'prefix', lengths: [3, 5] }, ['a'], 'long to short'],
    ['a prefix of nothing', { kind: 'prefix', lengths: [0] }, ['a'], '1 or more'],
    ['a fanout of 1', { kind: 'order', values: ['a', 'b'], fanouts: [1] }, ['a'], '2 or more'],
    ['an order that names a value twice', { kind: 'order', values: ['a', 'a'], fanouts: [2] }, ['a'], 'once'],
    ['an order of nothing', { kind: 'order', values: [], fanouts: [2] }, ['a'], 'list the values'],
    ['a value that reads like a group', { kind: 'prefix', lengths: [1] }, ['ab', 'a*', 'b'], '"a*"'],
    ['a value that reads like the top', { kind: 'prefix', lengths: [1] }, ['*', 'b'], '"*"'],
    ['no values', { kind: 'prefix', lengths: [1] }, [], 'no values'],
    ['a value twice', { kind: 'prefix', lengths: [1] }, ['a', 'a'], '"a" stands twice'],
  ]
  it.each(cases)('is refused for %s, with the name of the column', (_, spec, values, words) => {
    expect(() => build(spec, values)).toThrow(expect.objectContaining({ code: 'bad-hierarchy' }))
    expect(() => build(spec, values)).toThrow(words)
    expect(() => build(spec, values)).toThrow('Hierarchy of "x"')
  })

  it('reads just the file that it names, and lets its failure pass', () => {
    const rowsOfFile = (file: string): string[][] => [[file, '*']]
    expect(buildHierarchy({ kind: 'csv', file: 'a.csv' }, ['b'], rowsOfFile, 'x').domain).toEqual(['a.csv'])
    expect(() => build({ kind: 'csv', file: 'a.csv' }, [])).toThrow('no file was asked for')
  })
})
