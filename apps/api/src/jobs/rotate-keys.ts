import { runRotations } from '../services/keys/run-rotations.ts'
import { CLEAR_UP, type PeriodicJob } from './job.ts'

/**
 * Takes rotations of keys as far as they come. What one run does not finish, and what a process that was
 * killed has begun, the next goes on with.
 */
export const rotateKeys: PeriodicJob = {
  kind: 'periodic',
  name: 'rotate-keys',
  login: 'app',
  queue: { ...CLEAR_UP, expireInSeconds: 3600 },
  schedule: { everySeconds: 15 },
  run: ({ app, signal }) => runRotations(app, signal),
}
