import { describe, expect, it } from 'vitest'
import { bucketLabel } from './bucket-words.ts'

describe('a bucket of counts', () => {
  it('of a day is the server’s day of UTC, and says so where the installation’s clocks are others', () => {
    expect(bucketLabel('2026-11-24T00:00:00Z', 'day', 'America/New_York')).toBe('Nov 24, 2026 (UTC)')
    expect(bucketLabel('2026-11-24T00:00:00Z', 'day', 'UTC')).toBe('Nov 24, 2026')
  })

  it('of an hour is a time by the installation’s clocks', () => {
    const label = bucketLabel('2026-11-24T03:00:00Z', 'hour', 'America/New_York').replaceAll('\u202f', ' ')
    expect(label).toBe('Nov 23, 2026, 10:00 PM')
  })
})
