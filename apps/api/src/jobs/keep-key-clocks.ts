import { keepKeyClocks } from '../services/keys/schedule.ts'
import { CLEAR_UP, type PeriodicJob } from './job.ts'

/** Rotates keys that are due, and ends earlier ones that nothing needs any more. */
export const keepKeyClocksJob: PeriodicJob = {
  kind: 'periodic',
  name: 'keep-key-clocks',
  login: 'app',
  queue: { ...CLEAR_UP, expireInSeconds: 3600 },
  schedule: { everySeconds: 3600 },
  run: ({ app, signal }) => keepKeyClocks(app, signal),
}
