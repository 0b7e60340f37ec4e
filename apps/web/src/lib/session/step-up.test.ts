import { describe, expect, it } from 'vitest'
import { askForFactor, isFactorAsked, isFresh, onFactorAsked, settleFactor } from './step-up.ts'

describe('step-up', () => {
  it('one dialog answers every action that waits at that moment', async () => {
    const heard: boolean[] = []
    const stop = onFactorAsked(() => heard.push(isFactorAsked()))
    const answers = Promise.all([askForFactor(), askForFactor()])
    settleFactor(true)
    expect(await answers).toEqual([true, true])
    expect(heard).toEqual([true, false])
    stop()
  })

  it('an action after a refusal is asked anew', async () => {
    const first = askForFactor()
    settleFactor(false)
    const second = askForFactor()
    settleFactor(true)
    expect([await first, await second]).toEqual([false, true])
  })

  it('a factor is fresh for less than the five minutes that the server grants', () => {
    const now = Date.parse('2026-11-22T12:00:00Z')
    const given = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString()
    expect(isFresh(given(269), now)).toBe(true)
    expect(isFresh(given(270), now)).toBe(false)
    expect(isFresh(null, now)).toBe(false)
    expect(isFresh('soon', now)).toBe(false)
  })
})
