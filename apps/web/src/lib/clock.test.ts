import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'

/** A clock that is moved by hand, with the timers that run. */
const byHand = () => {
  let now = 1_000_000
  const timers = new Set<() => void>()
  let started = 0
  const clock = createClock(
    () => now,
    (tick) => {
      started += 1
      timers.add(tick)
      return () => timers.delete(tick)
    },
  )
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds; i += 1) {
      now += 1000
      for (const tick of timers) tick()
    }
  }
  return { clock, pass, timers, started: () => started, set: (to: number) => (now = to), now: () => now }
}

describe('the clock', () => {
  it('has one timer, however many look at it, and none where nobody does', () => {
    const { clock, timers, started } = byHand()
    expect(timers.size).toBe(0)
    const ends = Array.from({ length: 650 }, () => clock.follow(30_000, () => undefined))
    expect([timers.size, started()]).toEqual([1, 1])
    for (const end of ends) end()
    expect(timers.size).toBe(0)
    clock.follow(1000, () => undefined)
    expect(timers.size).toBe(1)
  })

  it('shows each the moment as often as it asked, and those of one period at one tick', () => {
    const { clock, pass, now } = byHand()
    const shown: [string, number][] = []
    clock.follow(1000, (at) => shown.push(['second', at]))
    clock.follow(30_000, (at) => shown.push(['half', at]))
    clock.follow(30_000, (at) => shown.push(['other', at]))
    pass(60)
    const of = (name: string) => shown.filter(([one]) => one === name).map(([, at]) => at)
    expect(of('second')).toHaveLength(60)
    expect(of('half')).toEqual([now() - 30_000, now()])
    expect(of('other')).toEqual(of('half'))
  })

  it('takes up at once a moment that has jumped', () => {
    const { clock, pass, set, now } = byHand()
    const shown: number[] = []
    clock.follow(30_000, (at) => shown.push(at))
    set(now() + 3_600_000)
    pass(1)
    set(now() - 7_200_000)
    pass(1)
    expect(shown).toHaveLength(2)
  })
})
