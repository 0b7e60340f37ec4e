import { describe, expect, it } from 'vitest'
import { DeidError } from '../../shared/errors.ts'
import { parseFhirDate } from '../../shared/fhir-date.ts'
import { fc } from '../../shared/testing/property.ts'
import { ageingOf, releasableYear } from './age.ts'

const day = (text: string) => new Date(`${text}T12:00:00Z`)
const standing = (birthDate: string | null, asOf: string, deceased: string | null = null) =>
  ageingOf({ birthDate, deceased }, day(asOf)).standing

describe('who is over 89', () => {
  it.each([
    ['the day before the 90th birthday', '1936-11-23', '2026-11-22', 'to-89'],
    ['the 90th birthday', '1936-11-22', '2026-11-22', 'over-89'],
    ['born on Feb 29, the day before', '1936-02-29', '2026-02-27', 'to-89'],
    ['born on Feb 29, on Feb 28 of a year that is no leap year', '1936-02-29', '2026-02-28', 'over-89'],
    ['as-of a leap day, born on Mar 1', '1938-03-01', '2028-02-29', 'to-89'],
    ['as-of a leap day, born on Feb 28', '1938-02-28', '2028-02-29', 'over-89'],
    ['year only, may be 90', '1936', '2026-11-22', 'over-89'],
    ['year only, cannot be 90', '1937', '2026-12-31', 'to-89'],
    ['month only, may be 90', '1936-11', '2026-11-22', 'over-89'],
    ['month only, cannot be 90', '1936-12', '2026-11-22', 'to-89'],
    ['no birth date that can be read', '11/22/1936', '2026-11-22', 'unknown'],
    ['a day that never was', '1937-02-29', '2026-11-22', 'unknown'],
    ['born after the as-of date', '2027-01-01', '2026-11-22', 'unknown'],
  ])('%s', (_, birthDate, asOf, expected) => {
    expect(standing(birthDate, asOf)).toBe(expected)
  })

  it('no birth date at all is unknown', () => {
    expect(standing(null, '2026-11-22')).toBe('unknown')
  })

  it('the dead keep the age at which they died', () => {
    expect(standing('1900-05-05', '2026-11-22', '1990-05-04')).toBe('to-89')
    expect(standing('1900-05-05', '2026-11-22', '1990-05-05')).toBe('over-89')
    expect(standing('1900-05-05', '2026-11-22', '1950')).toBe('to-89')
    expect(standing('1900-05-05', '2026-11-22', '1990')).toBe('over-89')
  })

  it('a day of death that cannot be read does not make a person younger', () => {
    expect(standing('1900-05-05', '2026-11-22', 'about 1950')).toBe('over-89')
  })

  it('refuses an as-of date that is none', () => {
    expect(() => ageingOf({ birthDate: null, deceased: null }, new Date('x'))).toThrow(DeidError)
  })
})

describe('which years are released', () => {
  const of = (birthDate: string | null, deceased: string | null = null) =>
    ageingOf({ birthDate, deceased }, day('2026-11-22'))

  it('over 89: the 90 calendar years up to the reference year', () => {
    const ageing = of('1930-01-01')
    expect(releasableYear('1936-12-31', ageing)).toBeNull()
    expect(releasableYear('1937-01-01', ageing)).toBe(1937)
    expect(releasableYear('2026-12-31T23:59:59Z', ageing)).toBe(2026)
    expect(releasableYear('2027', ageing)).toBeNull()
  })

  it('over 89 at death: the years up to death', () => {
    const ageing = of('1902-01-01', '1998-11-24')
    expect(releasableYear('1908', ageing)).toBeNull()
    expect(releasableYear('1909', ageing)).toBe(1909)
    expect(releasableYear('1998-11-24', ageing)).toBe(1998)
    expect(releasableYear('1999', ageing)).toBeNull()
  })

  it('unknown age is treated as over 89', () => {
    expect(releasableYear('1936', of(null))).toBeNull()
    expect(releasableYear('1937', of(null))).toBe(1937)
  })

  it('to 89: all years of the life, and none from the 90th birthday on', () => {
    const ageing = of('1936-12-31')
    expect(ageing.standing).toBe('to-89')
    expect(releasableYear('1936-12-31', ageing)).toBe(1936)
    expect(releasableYear('2026-12-30', ageing)).toBe(2026)
    expect(releasableYear('2026-12-31', ageing)).toBeNull()
    expect(releasableYear('9999-12-31', ageing)).toBeNull()
    expect(releasableYear('1900-01-01', ageing)).toBeNull()
  })

  it.each([
    '',
    '26-11-22',
    '2026-13',
    '2026-02-30',
    '2026-11-22T25:00:00Z',
    '2026-11-22 John',
    2026,
    null,
    {},
  ])('nothing of %j, which is no FHIR date', (value) =>
    expect(releasableYear(value, of('1980-01-01'))).toBeNull(),
  )

  const dates = fc
    .date({
      min: new Date('1850-01-01T00:00:00Z'),
      max: new Date('2100-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10))

  it('property: no two released years of a person over 89 lie 90 apart', () => {
    fc.assert(
      fc.property(dates, fc.option(dates), dates, dates, dates, (birthDate, deceased, asOf, one, other) => {
        const ageing = ageingOf({ birthDate, deceased }, day(asOf))
        const [a, b] = [releasableYear(one, ageing), releasableYear(other, ageing)]
        if (ageing.standing !== 'to-89' && a !== null && b !== null) expect(Math.abs(a - b)).toBeLessThan(90)
      }),
    )
  })

  it('property: no released date lies on or after the 90th birthday of one whose birth year is released', () => {
    fc.assert(
      fc.property(dates, dates, dates, (birthDate, asOf, date) => {
        const ageing = ageingOf({ birthDate, deceased: null }, day(asOf))
        if (ageing.standing !== 'to-89' || releasableYear(date, ageing) === null) return
        const event = parseFhirDate(date)
        const birth = parseFhirDate(birthDate)
        expect((event?.first ?? 0) - (birth?.first ?? 0)).toBeLessThan(90 * 10_000)
      }),
    )
  })
})
