import { ExactNumber, RESOURCE_TYPES, resourceOf } from '@chartward/policy'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { CHART_GROUPS, countIn, groupsFor } from './groups.ts'
import { trendOf } from './series.ts'
import { TrendWords } from './trends.tsx'

describe('the tabs of a chart', () => {
  it('hold every patient type of the catalog once', () => {
    const belonging = RESOURCE_TYPES.filter(
      (type) => type !== 'Patient' && resourceOf(type).compartment === 'patient',
    )
    expect(CHART_GROUPS.flatMap(({ types }) => types).toSorted()).toEqual(belonging.toSorted())
  })
  it('leave out what the scope may not see, and keep what it may see and is empty', () => {
    const groups = groupsFor({ Claim: 3, Condition: 0 })
    expect(groups.map(({ key, types }) => [key, types])).toEqual([
      ['problems', ['Condition']],
      ['billing', ['Claim']],
    ])
    expect(groups.map((group) => countIn(group, { Claim: 3, Condition: 0 }))).toEqual([0, 3])
  })
})

describe('trends', () => {
  const code = { coding: [{ system: 'http://loinc.org', code: '8302-2', display: 'Height' }] }
  let next = 0
  const observed = (date: string, value: unknown, unit = 'cm', more: object = {}) => {
    next += 1
    return {
      id: `o${next}`,
      values: { code, effectiveDateTime: date, valueQuantity: { value, unit, ...more } },
    }
  }
  /** As the server gives them: newest first. */
  const three = [observed('2020-03-01', 3), observed('2020-02-01', 2), observed('2020-01-01', 1)]

  it('need three points to be drawn, oldest first; the table has every value, newest first', () => {
    const drawn = trendOf(three)
    expect(drawn.lines).toEqual([{ key: 'LOINC 8302-2', label: 'Height' }])
    expect(drawn.points.map(({ values }) => values['LOINC 8302-2']?.value)).toEqual([1, 2, 3])
    expect(drawn.rows.map(({ when }) => when)).toEqual(['Mar 1, 2020', 'Feb 1, 2020', 'Jan 1, 2020'])
    const short = trendOf(three.slice(1))
    expect([short.lines, short.points, short.rows.length, short.notDrawn]).toEqual([[], [], 2, 2])
  })
  it('say each value to the digit, whatever they draw', () => {
    const exact = new ExactNumber('1.50')
    const rows = ['2020-03-01', '2020-02-01', '2020-01-01'].map((date) => observed(date, exact, 'ug'))
    const { unit, points } = trendOf(rows)
    expect(unit).toBe('µg')
    expect(points[0]?.values['LOINC 8302-2']).toEqual({ value: 1.5, shown: '1.50 µg' })
  })
  it('never draw what has another unit, or is only under or over a number; the table has it, and it is counted', () => {
    const rows = [
      observed('2020-05-01', 1.2, 'in'),
      observed('2020-04-01', 0.3, 'cm', { comparator: '<' }),
      ...three,
    ]
    const trend = trendOf(rows)
    expect([trend.points.length, trend.notDrawn]).toEqual([3, 2])
    expect(trend.rows.slice(0, 2).map(({ measured }) => measured[0]?.shown)).toEqual(['1.2 in', '<0.3 cm'])
  })
  it('draw the parts of one observation together', () => {
    const part = (of: string, value: number) => ({
      code: { text: of },
      valueQuantity: { value, unit: 'mmHg' },
    })
    const rows = three.map(({ id, values: { effectiveDateTime } }, at) => ({
      id,
      values: { code, effectiveDateTime, component: [part('Systolic', 120 + at), part('Diastolic', 80)] },
    }))
    const { lines, points } = trendOf(rows)
    expect(lines.map(({ label }) => label)).toEqual(['Systolic', 'Diastolic'])
    expect(points[0]?.values).toEqual({
      Systolic: { value: 122, shown: '122 mmHg' },
      Diastolic: { value: 80, shown: '80 mmHg' },
    })
  })
  it('leave out masked values and observations without a time', () => {
    const values = { code, effectiveDateTime: { masked: true }, valueQuantity: { value: 3, unit: 'cm' } }
    expect(trendOf([{ id: 'm', values }, observed('2020-02-01', { masked: true })]).rows).toEqual([])
  })
  it('take the beginning of a period, and when a result was made known', () => {
    const valueQuantity = { value: 1, unit: 'cm' }
    const at = (id: string, when: object) => ({ id, values: { code, valueQuantity, ...when } })
    const rows = [
      at('a', { effectiveDateTime: '2020-03-01' }),
      at('b', { issued: '2020-02-01T00:00:00Z' }),
      at('c', { effectivePeriod: { start: '2020-01-01' } }),
    ]
    expect(trendOf(rows).points).toHaveLength(3)
  })
})

describe('what is said of a trend', () => {
  const said = (words: Parameters<typeof TrendWords>[0]) =>
    renderToStaticMarkup(createElement(TrendWords, words)).replaceAll(/<[^>]*>/g, '')
  it('is that it is whole, or that it is cut', () => {
    expect(said({ count: 230, given: 230, notDrawn: 0, leftOut: 0 })).toBe(
      'The whole series: 230 observations.',
    )
    expect(said({ count: 2500, given: 2000, notDrawn: 0, leftOut: 0 })).toBe(
      'Cut: the newest 2,000 of 2,500 observations.',
    )
  })
  it('is how many are not drawn and how many are left out', () => {
    expect(said({ count: 3, given: 3, notDrawn: 1, leftOut: 2 })).toMatch(
      /Not drawn, and in the table: 1 value .* Left out: 2 observations that were taken back/,
    )
  })
})
