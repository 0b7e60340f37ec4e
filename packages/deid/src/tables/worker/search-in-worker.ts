import { Worker } from 'node:worker_threads'
import { DeidError } from '../../shared/errors.ts'
import type { Method, Problem, Progress, Solution } from '../problem.ts'
import type { WorkerMessage, WorkerTask } from './messages.ts'

export interface SearchJob {
  readonly method: Method
  readonly problem: Problem
  readonly seed: string
  /** The most lattice nodes to check. */
  readonly maxNodes?: number | undefined
  readonly maxMilliseconds?: number | undefined
}

export interface WatchedSearch {
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Aborting it stops the search within its next look, and the promise rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined
}

const PROGRAM = new URL('./search-worker.ts', import.meta.url)

/**
 * Runs a search in a thread of its own, so that the caller's stays free. Rejects with the search's own
 * DeidError, with `cancelled`, and with the thread's error where it died (out of memory, for one).
 */
export const searchInWorker = async (job: SearchJob, watch: WatchedSearch = {}): Promise<Solution> => {
  const { signal } = watch
  if (signal?.aborted) throw cancelled()
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const workerData: WorkerTask = {
    method: job.method,
    problem: job.problem,
    seed: job.seed,
    maxNodes: job.maxNodes ?? null,
    maxMilliseconds: job.maxMilliseconds ?? null,
    stop,
  }
  const worker = new Worker(PROGRAM, { workerData })
  const onAbort = () => Atomics.store(stop, 0, 1)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await outcomeOf(worker, watch.onProgress)
  } finally {
    signal?.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}

const cancelled = () => new DeidError('cancelled', 'The search was cancelled.')

const outcomeOf = (worker: Worker, onProgress: WatchedSearch['onProgress']): Promise<Solution> =>
  new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress)
      else if (message.kind === 'done') resolve(message.solution)
      else reject(new DeidError(message.code, message.message))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The thread of the search ended with ${code}.`)))
  })
