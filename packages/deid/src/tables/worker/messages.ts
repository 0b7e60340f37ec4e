import type { DeidErrorCode } from '../../shared/errors.ts'
import type { Method, Problem, Progress, Solution } from '../problem.ts'

/** What a worker is told to do, once, as its `workerData`. */
export interface WorkerTask {
  readonly method: Method
  readonly problem: Problem
  readonly seed: string
  readonly maxNodes: number | null
  readonly maxMilliseconds: number | null
  /** Its one element becomes 1 when the search is to stop. */
  readonly stop: Int32Array
}

/** What a worker says: how far it is, and at its end one of the other two. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly solution: Solution }
  | { readonly kind: 'refused'; readonly code: DeidErrorCode; readonly message: string }
