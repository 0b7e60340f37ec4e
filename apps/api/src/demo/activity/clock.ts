import { AsyncLocalStorage } from 'node:async_hooks'

interface Lane {
  start: number
  since: number
  shown: number
}

/**
 * The time of a past that is being made up. What is under way at once has a time of its own, as if on its own
 * line of the schedule; each runs as fast as real time. No millisecond is shown twice, so that what is
 * stamped with it has one order.
 */
export class SimulatedClock {
  readonly #lanes = new AsyncLocalStorage<Lane>()
  readonly #running: () => number
  readonly #base: Lane
  /** The milliseconds that have been shown after `#floor`, which is before all that is under way. */
  #shown = new Set<number>()
  #floor: number

  /** `running` gives milliseconds that never go back, such as `performance.now()`. */
  constructor(from: Date, running: () => number = () => performance.now()) {
    this.#running = running
    this.#base = { start: from.getTime(), since: running(), shown: 0 }
    this.#floor = from.getTime() - 1
  }

  /** What the application is given. */
  readonly now = (): Date => {
    const lane = this.#lane
    let time = this.#timeOf(lane)
    while (this.#shown.has(time)) time++
    this.#shown.add(time)
    lane.shown = time
    return new Date(time)
  }

  /** Runs `work` at a time of its own, which begins at `at` (ms). */
  run<T>(at: number, work: () => Promise<T>): Promise<T> {
    return this.#lanes.run({ start: at, since: this.#running(), shown: 0 }, work)
  }

  /** The time of whatever asks is no earlier than `at` (ms) from now on. */
  advanceTo(at: number): void {
    const lane = this.#lane
    if (at <= this.#timeOf(lane)) return
    lane.start = at
    lane.since = this.#running()
  }

  /**
   * Nothing is under way: whatever comes is later than all that has been shown. What was put into the log
   * until now comes before it there, too.
   */
  settle(): void {
    for (const time of this.#shown) this.#floor = Math.max(this.#floor, time)
    this.#shown = new Set()
  }

  get #lane(): Lane {
    return this.#lanes.getStore() ?? this.#base
  }

  #timeOf(lane: Lane): number {
    const running = Math.floor(lane.start + this.#running() - lane.since)
    return Math.max(running, lane.shown + 1, this.#floor + 1)
  }
}
