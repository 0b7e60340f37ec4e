import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { localeFor, writeDate } from './dates.ts'
import { formatDay, formatExact } from './format.ts'

const AT = Date.parse('2026-11-24T03:05:09Z')
const plain = (text: string): string => text.replaceAll('\u202f', ' ')
const written = (language: string, zone: string, style: Parameters<typeof writeDate>[1] = 'exact') =>
  plain(writeDate(AT, style, zone, language))

describe('a date', () => {
  it('is written in English, in the order and with the clock of the person’s region', () => {
    expect(written('en-US', 'America/New_York')).toBe('Nov 23, 2026, 10:05:09 PM EST')
    expect(written('de-DE', 'Europe/Berlin')).toBe('24 Nov 2026, 04:05:09 CET')
    expect(written('en-GB', 'Europe/London')).toBe('24 Nov 2026, 03:05:09 GMT')
    expect(written('sv', 'UTC', 'minute')).toMatch(/03:05$/)
    expect(written('ja-JP', 'Asia/Tokyo')).toMatch(/^Nov 24, 2026, 12:05:09/)
    expect(written('hi-IN', 'Asia/Kolkata', 'minute')).toMatch(/^24 Nov 2026, 8:35 am$/)
  })

  it('keeps the hours that the language counts where English has no ways of the region', () => {
    expect(written('pt-BR', 'UTC', 'minute')).toContain('03:05')
    expect(written('es-MX', 'UTC', 'minute')).toMatch(/3:05 AM/i)
  })

  it('is American where the browser names no language', () => {
    expect(localeFor('en-US@posix')).toBe('en-US')
    expect(localeFor('')).toBe('en-US')
  })

  it('is a day of the zone that is named, and names the zone with its time', () => {
    const iso = new Date(AT).toISOString()
    expect(formatDay(iso, 'UTC')).not.toBe(formatDay(iso, 'America/New_York'))
    expect(formatExact(iso, 'UTC')).toMatch(/UTC$/)
    expect(formatExact('soon', 'UTC')).toBe('soon')
  })

  it('is written by one module, beside the one that reckons with days', () => {
    const src = new URL('../', import.meta.url).pathname
    const makers = globSync('**/*.{ts,tsx}', { cwd: src })
      .filter((file) => !file.includes('.test.'))
      .filter((file) =>
        /Intl\.DateTimeFormat|toLocale(?:Date|Time)?String/.test(readFileSync(src + file, 'utf8')),
      )
    expect(makers.toSorted()).toEqual(['lib/calendar.ts', 'lib/dates.ts'])
  })
})
