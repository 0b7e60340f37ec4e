import { resealHashes } from '../services/auth/reseal-hashes.ts'
import { CLEAR_UP, type PeriodicJob } from './job.ts'

/** Seals hashes of passwords and recovery codes anew where another key has come into force since. */
export const resealHashesJob: PeriodicJob = {
  kind: 'periodic',
  name: 'reseal-hashes',
  login: 'app',
  queue: CLEAR_UP,
  schedule: { everySeconds: 3600 },
  run: async ({ app, signal }) => {
    await resealHashes(app, signal)
  },
}
