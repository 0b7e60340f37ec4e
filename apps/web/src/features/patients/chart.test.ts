import { ExactNumber, RESOURCE_TYPES, resourceOf } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { CHART_GROUPS, countIn, groupsFor } from './groups.ts'
import { onlyLimits, trendSeries } from './series.ts'

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
  const meaning = { standing: 'said', counts: true }
  const observed = (date: string, value: unknown, unit = 'cm') => ({
    meaning,
    values: { code, effectiveDateTime: date, valueQuantity: { value, unit } },
  })
  it('need three points, and come oldest first', () => {
    const rows = [observed('2020-03-01', 3), observed('2020-01-01', 1), observed('2020-02-01', 2)]
    expect(trendSeries(rows)[0]?.points.map(({ value }) => value)).toEqual([1, 2, 3])
    expect(trendSeries(rows.slice(1))).toEqual([])
  })
  it('say each value to the digit, whatever they draw', () => {
    const exact = new ExactNumber('1.50')
    const rows = ['2020-01-01', '2020-02-01', '2020-03-01'].map((date) => observed(date, exact, 'ug'))
    expect(trendSeries(rows)[0]).toMatchObject({
      unit: 'µg',
      points: [{ value: 1.5, shown: '1.50 µg' }, {}, {}],
    })
  })
  it('never mix units', () => {
    const rows = [observed('2020-01-01', 1), observed('2020-02-01', 2), observed('2020-03-01', 1.2, 'in')]
    expect(trendSeries(rows)).toEqual([])
  })
  it('leave out masked values and observations without a time', () => {
    const masked = {
      meaning,
      values: { code, effectiveDateTime: { masked: true }, valueQuantity: { value: 3, unit: 'cm' } },
    }
    expect(
      trendSeries([observed('2020-01-01', 1), observed('2020-02-01', { masked: true }), masked, masked]),
    ).toEqual([])
  })
  it('leave out what was taken back, negated or not understood, and what is only under a number', () => {
    const rows = [observed('2020-01-01', 1), observed('2020-02-01', 2), observed('2020-03-01', 3)]
    for (const standing of ['retracted', 'negated', 'unknown'])
      expect(
        trendSeries([...rows, { ...observed('2020-04-01', 700), meaning: { standing, counts: false } }])[0]
          ?.points,
      ).toHaveLength(3)
    const under = { value: 0.3, unit: 'cm', comparator: '<' }
    const censored = { meaning, values: { code, effectiveDateTime: '2020-04-01', valueQuantity: under } }
    expect(trendSeries([...rows, censored])[0]?.points).toHaveLength(3)
    expect([onlyLimits(rows), onlyLimits([...rows, censored])]).toEqual([0, 1])
  })
  it('take the beginning of a period, and when a result was made known', () => {
    const valueQuantity = { value: 1, unit: 'cm' }
    const at = (when: object) => ({ meaning, values: { code, valueQuantity, ...when } })
    const rows = [
      at({ effectivePeriod: { start: '2020-01-01' } }),
      at({ issued: '2020-02-01T00:00:00Z' }),
      at({ effectiveDateTime: '2020-03-01' }),
    ]
    expect(trendSeries(rows)[0]?.points).toHaveLength(3)
  })
})
