import { DeidError } from '../../shared/errors.ts'
import type { Method } from '../problem.ts'
import type { SearchOptions } from './search-options.ts'

/** A search's way to its options: it is looked at between steps. */
export interface Watch {
  /**
   * Reports how much is done, from 0 to 1, and the best loss so far. Throws `cancelled` where the search is
   * to stop.
   */
  step(done: number, best: number | null): void
  /** Whether the time budget is used up. */
  expired(): boolean
}

export const createWatch = (method: Method, options: SearchOptions): Watch => {
  const { clock, maxMilliseconds, onProgress, cancelled } = options
  const end =
    clock === undefined || maxMilliseconds === undefined
      ? Number.POSITIVE_INFINITY
      : clock() + maxMilliseconds
  let reported = 0
  let lastBest: number | null = null
  return {
    step: (done, best) => {
      if (cancelled?.() === true) throw new DeidError('cancelled', `The ${method} search was cancelled.`)
      const now = Math.max(reported, Math.min(1, done))
      if (now < reported + 0.01 && now < 1 && best === lastBest) return
      if (now === reported && best === lastBest) return
      reported = now
      lastBest = best
      onProgress?.({ method, done: now, best })
    },
    expired: () => clock !== undefined && clock() >= end,
  }
}

/** A watch for a stretch of the way, from one share of the whole to another. */
export const stretch = (watch: Watch, from: number, to: number): Watch => ({
  step: (done, best) => watch.step(from + done * (to - from), best),
  expired: watch.expired,
})
