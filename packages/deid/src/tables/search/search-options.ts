import type { Progress } from '../problem.ts'

/**
 * What bounds a search and lets it be watched. Without `clock` there is no time budget, and the result
 * depends on the problem alone.
 */
export interface SearchOptions {
  readonly seed: string
  /** The most lattice nodes to check (optimal, and each round of local). */
  readonly maxNodes?: number
  /** The most time, by `clock`. */
  readonly maxMilliseconds?: number
  /** Milliseconds, monotonic. */
  readonly clock?: () => number
  readonly onProgress?: (progress: Progress) => void
  /** Asked now and then; where it says true the search throws `cancelled`. */
  readonly cancelled?: () => boolean
}
