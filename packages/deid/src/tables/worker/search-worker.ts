import { parentPort, workerData } from 'node:worker_threads'
import { DeidError } from '../../shared/errors.ts'
import { search } from '../search/search.ts'
import type { WorkerMessage, WorkerTask } from './messages.ts'

/** The worker's own program: one search, then its end. */
const task: WorkerTask = workerData
const say = (message: WorkerMessage): void => parentPort?.postMessage(message)

try {
  const solution = search(task.method, task.problem, {
    seed: task.seed,
    clock: () => performance.now(),
    onProgress: (progress) => say({ kind: 'progress', progress }),
    cancelled: () => Atomics.load(task.stop, 0) === 1,
    ...(task.maxNodes === null ? {} : { maxNodes: task.maxNodes }),
    ...(task.maxMilliseconds === null ? {} : { maxMilliseconds: task.maxMilliseconds }),
  })
  say({ kind: 'done', solution })
} catch (error) {
  // Anything but a refusal of ours ends the worker by its error: the runner tells it from one.
  if (!(error instanceof DeidError)) throw error
  say({ kind: 'refused', code: error.code, message: error.message })
}
