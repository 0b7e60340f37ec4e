import { describe, expect, it } from 'vitest'
import { instantText } from './text.ts'

describe('an instant of a row', () => {
  it('is the same text however PostgreSQL writes it, and as a Date', () => {
    const instant = new Date('2026-11-29T01:02:03.450Z')
    for (const written of [
      '2026-11-29 01:02:03.45+00',
      '2026-11-29 01:02:03.450+00',
      '2026-11-29 01:02:03.450000+00',
      '2026-11-29 06:32:03.45+05:30',
      '2026-11-28 20:02:03.45-05',
      instant,
    ])
      expect(instantText(written), String(written)).toBe('2026-11-29T01:02:03.450Z')
    expect(instantText('2026-11-29 01:02:03+00')).toBe('2026-11-29T01:02:03.000Z')
    expect(instantText('2026-11-29 01:02:03.007+00')).toBe('2026-11-29T01:02:03.007Z')
  })

  it('that the application can not have written stays what it is, and fits no seal', () => {
    for (const finer of ['2026-11-29 01:02:03.4500001+00', '2026-11-29 01:02:03.123456+00'])
      expect(instantText(finer)).toBe(finer)
  })

  it('is nothing where it is none', () => {
    expect(instantText(null)).toBeNull()
    expect(instantText(5)).toBeNull()
  })
})
