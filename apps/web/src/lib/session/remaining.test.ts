import { describe, expect, it } from 'vitest'
import { remainingOf } from './remaining.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()

describe('the time a session has left', () => {
  it('a session runs until the earlier of its two ends', () => {
    expect(remainingOf({ idleExpiresAt: at(870), expiresAt: at(28_800) }, now)).toEqual({
      milliseconds: 870_000,
      phase: 'running',
      extendable: true,
    })
    expect(remainingOf({ idleExpiresAt: at(870), expiresAt: at(300) }, now).milliseconds).toBe(300_000)
  })

  it('warns one minute before the end, and not a second earlier', () => {
    expect(remainingOf({ idleExpiresAt: at(61), expiresAt: at(28_800) }, now).phase).toBe('running')
    expect(remainingOf({ idleExpiresAt: at(60), expiresAt: at(28_800) }, now).phase).toBe('warning')
  })

  it('is over at its end', () => {
    expect(remainingOf({ idleExpiresAt: at(0), expiresAt: at(28_800) }, now).phase).toBe('over')
    expect(remainingOf({ idleExpiresAt: at(-5), expiresAt: at(28_800) }, now)).toMatchObject({
      milliseconds: 0,
      phase: 'over',
    })
  })

  it('does not offer to put off an absolute end', () => {
    expect(remainingOf({ idleExpiresAt: at(870), expiresAt: at(30) }, now)).toMatchObject({
      phase: 'warning',
      extendable: false,
    })
  })

  it('takes an end that can not be read for over', () => {
    expect(remainingOf({ idleExpiresAt: 'soon', expiresAt: at(30) }, now).phase).toBe('over')
  })
})
