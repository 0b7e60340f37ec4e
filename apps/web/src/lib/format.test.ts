import { describe, expect, it } from 'vitest'
import {
  countOf,
  deviceOf,
  formatBytes,
  formatRelative,
  formatRemaining,
  sentence,
  shortId,
  spokenRemaining,
} from './format.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const relative = (iso: string) => formatRelative(iso, now, 'UTC')

describe('relative times', () => {
  it('are rounded towards the present, so that nothing is called older than it is', () => {
    expect(relative('2026-11-22T11:59:30Z')).toBe('just now')
    expect(relative('2026-11-22T11:58:01Z')).toBe('1 minute ago')
    expect(relative('2026-11-22T10:00:01Z')).toBe('1 hour ago')
    expect(relative('2026-11-20T12:00:00Z')).toBe('2 days ago')
  })
  it('look ahead too', () => {
    expect(relative('2026-11-22T12:00:20Z')).toBe('in a moment')
    expect(relative('2026-11-22T14:30:00Z')).toBe('in 2 hours')
  })
  it('become dates beyond a month', () => expect(relative('2026-09-01T12:00:00Z')).toBe('Sep 1, 2026'))
  it('leave an unreadable time as it is', () => expect(relative('soon')).toBe('soon'))
})

describe('remaining time', () => {
  it('counts down by the second and never below zero', () => {
    expect(formatRemaining(59_999)).toBe('0:59')
    expect(formatRemaining(870_000)).toBe('14:30')
    expect(formatRemaining(7 * 3_600_000 + 65_000)).toBe('7:01:05')
    expect(formatRemaining(-5)).toBe('0:00')
  })
  it('is spoken in whole minutes, then in seconds', () => {
    expect(spokenRemaining(870_000)).toBe('14 minutes')
    expect(spokenRemaining(60_000)).toBe('1 minute')
    expect(spokenRemaining(1_000)).toBe('1 second')
  })
})

describe('words', () => {
  it('are made of names in code', () => {
    expect(sentence('role.assignment.granted')).toBe('Role assignment granted')
    expect(sentence('birthDate')).toBe('Birth date')
    expect(sentence('privacy-officer')).toBe('Privacy officer')
  })
  it('count one and many', () => {
    expect(countOf(1, 'entry', 'entries')).toBe('1 entry')
    expect(countOf(1200, 'entry', 'entries')).toBe('1,200 entries')
  })
})

describe('ids and sizes', () => {
  it('two ids of one moment are told apart by their short forms', () => {
    const first = shortId('0193521b-7c00-7aaa-8aaa-00000000abcd')
    const second = shortId('0193521b-7c00-7aaa-8aaa-00000000abce')
    expect(first).not.toBe(second)
  })
  it('sizes keep one digit', () => {
    expect(formatBytes(512)).toBe('512 B')
    expect(formatBytes(1536)).toBe('1.5 KiB')
    expect(formatBytes(5 * 1024 ** 4)).toBe('5120.0 GiB')
  })
  it('a device is named from what its browser says, Edge not as Chrome', () => {
    expect(deviceOf('Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0')).toBe(
      'Edge on Windows',
    )
    expect(deviceOf('curl/8')).toBe('Another browser')
  })
})
