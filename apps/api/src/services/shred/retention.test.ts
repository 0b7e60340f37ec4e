import { describe, expect, it } from 'vitest'
import { Calendar } from '../../core/days.ts'
import { keptUntil, lastDayIn } from './retention.ts'

const calendar = new Calendar('UTC')
const rule = { years: 10, yearsPastMajority: 7 }
const until = (lastEntry: string, birthDate: string | null) =>
  keptUntil({ lastEntry: new Date(lastEntry), birthDate }, rule, calendar)
    .toISOString()
    .slice(0, 10)

describe('a record', () => {
  it('is kept so many years after its last entry', () => {
    expect(until('2010-06-01', '1950-01-01')).toBe('2020-06-01')
    expect(until('2012-02-29', '1950-01-01')).toBe('2022-03-01')
  })

  it('of somebody who was a minor is kept until they are so many years past 18', () => {
    expect(until('2010-06-01', '2005-04-03')).toBe('2030-04-04')
    // Of age when they came last: what was written while they were a minor is kept all the same.
    expect(until('2010-06-01', '1991-01-01')).toBe('2020-06-01')
    expect(until('2010-06-01', '1996-01-01')).toBe('2021-01-02')
  })

  it('counts a birth date in part as its last day', () => {
    expect(until('2010-06-01', '2005')).toBe('2031-01-01')
    expect(until('2010-06-01', '2005-04')).toBe('2030-05-01')
  })

  it.each([null, 'unknown', '2005-13-01'])(
    'whose birth date is %s is kept as that of somebody who was born on the day of its last entry',
    (birthDate) => {
      expect(until('2010-06-01', birthDate)).toBe('2035-06-01')
    },
  )
})

describe('the last day in a value', () => {
  it('is found in any datatype, and is the end of a period', () => {
    const last = (value: unknown) => lastDayIn(value, calendar)?.toISOString().slice(0, 10) ?? null
    expect(last('2001-05-06')).toBe('2001-05-07')
    expect(last('2001')).toBe('2002-01-01')
    expect(last({ start: '2001-05-06', end: '2003-01-01' })).toBe('2003-01-02')
    expect(last([{ event: ['2001-01-01', '2004-02-03'] }, null, 7])).toBe('2004-02-04')
    expect(last({ code: 'none' })).toBe(null)
  })
})
