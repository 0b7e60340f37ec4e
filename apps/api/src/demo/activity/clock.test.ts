import { describe, expect, it } from 'vitest'
import { SimulatedClock } from './clock.ts'

const FROM = Date.UTC(2026, 0, 5, 8)
const MINUTE_MS = 60_000

/** A clock whose running the test sees to. */
const begin = () => {
  const running = { ms: 0 }
  return { running, clock: new SimulatedClock(new Date(FROM), () => running.ms) }
}

describe('the clock of a past that is made up', () => {
  it('runs as fast as real time, and shows no millisecond twice', () => {
    const { running, clock } = begin()
    const shown = [clock.now(), clock.now(), clock.now()]
    expect(shown.map((at) => at.getTime() - FROM)).toEqual([0, 1, 2])
    running.ms = 500
    expect(clock.now().getTime() - FROM).toBe(500)
  })

  it('gives what is under way at once a time of its own, whoever waits for whom', async () => {
    const { clock } = begin()
    const gate = Promise.withResolvers<void>()
    const at = (minutes: number) =>
      clock.run(FROM + minutes * MINUTE_MS, async () => {
        const before = clock.now().getTime()
        await gate.promise
        return [before, clock.now().getTime()].map((time) => time - FROM)
      })
    const both = Promise.all([at(10), at(3)])
    gate.resolve()
    expect(await both).toEqual([
      [10 * MINUTE_MS, 10 * MINUTE_MS + 1],
      [3 * MINUTE_MS, 3 * MINUTE_MS + 1],
    ])
  })

  it('shows no millisecond twice, whoever asks', async () => {
    const { clock } = begin()
    const shown = await Promise.all(
      [0, 0, 1].map((later) =>
        clock.run(FROM + later, async () => [clock.now(), clock.now()].map((at) => at.getTime())),
      ),
    )
    expect(new Set(shown.flat()).size).toBe(6)
  })

  it('shows nothing earlier than what it has shown, once that is settled', async () => {
    const { clock } = begin()
    const late = await clock.run(FROM + MINUTE_MS, async () => clock.now().getTime())
    clock.settle()
    const next = await clock.run(FROM, async () => clock.now().getTime())
    expect([next, clock.now().getTime()]).toEqual([late + 1, late + 2])
  })

  it('is set forward, and never back', () => {
    const { clock } = begin()
    clock.advanceTo(FROM + MINUTE_MS)
    clock.advanceTo(FROM)
    expect(clock.now().getTime()).toBe(FROM + MINUTE_MS)
  })
})
