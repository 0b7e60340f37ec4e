import { describe, expect, it } from 'vitest'
import { noteServerTime, serverNow } from './server-clock.ts'

const local = Date.parse('2026-11-22T12:00:00Z')

describe('the server’s clock', () => {
  it('follows a server whose clock differs by seconds, and ignores the rounding of its header', () => {
    noteServerTime('Sun, 22 Nov 2026 12:05:00 GMT', local)
    expect(serverNow(local)).toBe(local + 300_000)
    noteServerTime('Sun, 22 Nov 2026 12:00:01 GMT', local)
    expect(serverNow(local)).toBe(local)
  })

  it('keeps what it knows where a header is missing or unreadable', () => {
    noteServerTime('Sun, 22 Nov 2026 11:59:00 GMT', local)
    noteServerTime(null, local)
    noteServerTime('tomorrow', local)
    expect(serverNow(local)).toBe(local - 60_000)
  })
})
