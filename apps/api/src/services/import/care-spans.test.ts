import type { CareLink, SaidPeriod } from '@chartward/fhir'
import { describe, expect, it } from 'vitest'
import { Calendar } from '../../core/days.ts'
import { careSpanOf, type NamedSpan, relationshipsOf } from './care-spans.ts'

const at = (day: string) => new Date(`${day}T00:00:00Z`)
const now = new Date('2026-11-20T15:00:00Z')
const time = { calendar: new Calendar('UTC'), now, seen: new Date('2026-11-01T08:00:00Z') }

const spanOf = (status: CareLink['status'], ...periods: [start: string | null, end: string | null][]) => {
  const said = periods.map(([start, end]): SaidPeriod => ({ start, end }))
  const span = careSpanOf({ who: [], periods: said, status }, time)
  const day = (date: Date | null | undefined) => date?.toISOString().slice(0, 10) ?? null
  return span === null ? null : [day(span.from), day(span.to)]
}

describe('the span of care that a record gives', () => {
  it('that is over lasts to the end of the day, month or year that is said', () => {
    expect(spanOf('counts', ['2026-10-01T09:00:00Z', '2026-10-03T10:00:00Z'])).toEqual([
      '2026-10-01',
      '2026-10-04',
    ])
    expect(spanOf('counts', ['2026-10-01', '2026-10-03'])).toEqual(['2026-10-01', '2026-10-04'])
    expect(spanOf('counts', ['2025', '2025'])).toEqual(['2025-01-01', '2026-01-01'])
    expect(spanOf('counts', ['2025-03', '2025-04'])).toEqual(['2025-03-01', '2025-05-01'])
  })

  it('that is over without an end is what its start says', () => {
    expect(spanOf('counts', ['2026-10-01T09:00:00Z', null])).toEqual(['2026-10-01', '2026-10-02'])
    expect(spanOf('counts', ['2025', null])).toEqual(['2025-01-01', '2026-01-01'])
    expect(spanOf('counts', [null, '2026-10-01'])).toEqual(['2026-10-01', '2026-10-02'])
    expect(spanOf('counts')).toBeNull()
  })

  it('that goes on is open until an end is said', () => {
    expect(spanOf('open', ['2014-03-01T09:00:00Z', null])).toEqual(['2014-03-01', null])
    expect(spanOf('open', ['2014', '9999-12-31'])).toEqual(['2014-01-01', null])
    expect(spanOf('open', ['2026-11-01', '2026-12-24'])).toEqual(['2026-11-01', '2026-12-25'])
    expect(spanOf('open')).toEqual(['2026-11-01', null])
  })

  it('is narrowed by the period of a participant', () => {
    const stay: [string, string | null] = ['2026-10-01', '2026-10-20']
    expect(spanOf('counts', stay, ['2026-10-05', '2026-10-06'])).toEqual(['2026-10-05', '2026-10-07'])
    expect(spanOf('counts', stay, ['2026-10-05', null])).toEqual(['2026-10-05', '2026-10-21'])
    expect(spanOf('counts', stay, ['2026', '2026'])).toEqual(['2026-10-01', '2026-10-21'])
    expect(spanOf('counts', stay, ['2025-01-01', '2025-01-02'])).toBeNull()
    expect(spanOf('open', ['2026-10-01', null], ['2026-10-05', '2026-10-06'])).toEqual([
      '2026-10-05',
      '2026-10-07',
    ])
    expect(spanOf('open', ['2026-10-01', null], ['2026-10-05', null])).toEqual(['2026-10-05', null])
  })

  it('takes an end before its start for a slip, and one to come for now', () => {
    expect(spanOf('counts', ['2026-10-05', '2026-10-01'])).toEqual(['2026-10-05', '2026-10-06'])
    expect(spanOf('counts', ['2026-10-05', '2099-01-01'])).toEqual(['2026-10-05', '2026-11-21'])
    expect(spanOf('counts', ['2026-12-05', '2026-12-07'])).toEqual(['2026-12-05', '2026-12-06'])
  })

  it('is none where the record is barred', () => {
    expect(spanOf('barred', ['2026-10-01', '2026-10-03'])).toBeNull()
  })
})

const named = (from: string, to: string | null, more: Partial<NamedSpan> = {}): NamedSpan => ({
  from: at(from),
  to: to === null ? null : at(to),
  practitionerId: 'd',
  kind: 'encounter',
  trusted: true,
  ...more,
})

describe('the relationships that spans come to', () => {
  it('are one for all that has begun', () => {
    const spans = [named('2026-01-05', '2026-01-06'), named('2024-01-01', '2024-02-01')]
    expect(relationshipsOf(spans, now)).toEqual([named('2024-01-01', '2026-01-06')])
    expect(relationshipsOf([...spans, named('2025-01-01', null)], now)).toEqual([named('2024-01-01', null)])
    expect(relationshipsOf([], now)).toEqual([])
  })

  it('are another for each that is to come, so that nothing counts before it begins', () => {
    const past = named('2026-01-05', '2026-01-06')
    const [one, next, later] = [
      named('2026-12-01', '2026-12-02'),
      named('2026-12-02', '2026-12-04'),
      named('2027-05-01', '2027-05-02'),
    ]
    expect(relationshipsOf([later, one, past, next], now)).toEqual([
      past,
      named('2026-12-01', '2026-12-04'),
      later,
    ])
  })

  it('are those of trusted files alone, where there are any', () => {
    const untrusted = named('2001-01-01', null, { trusted: false })
    expect(relationshipsOf([untrusted, named('2026-01-05', '2026-01-06')], now)).toEqual([
      named('2026-01-05', '2026-01-06'),
    ])
    expect(relationshipsOf([untrusted], now)).toEqual([untrusted])
  })

  it('are kept apart by practitioner and kind', () => {
    const spans = [
      named('2026-01-05', '2026-01-06'),
      named('2026-01-05', '2026-01-06', { kind: 'referral' }),
      named('2026-01-05', '2026-01-06', { practitionerId: 'e' }),
    ]
    expect(relationshipsOf(spans, now)).toHaveLength(3)
  })
})
