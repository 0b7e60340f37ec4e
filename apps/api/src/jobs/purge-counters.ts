import { purgeAttempts } from '../services/auth/attempts.ts'
import { purgeSecretRates } from '../services/auth/secret-rate.ts'
import type { PeriodicJob } from './job.ts'

/** Deletes the counters of attempts that nobody goes on with. */
export const purgeCounters: PeriodicJob = {
  kind: 'periodic',
  name: 'purge-counters',
  login: 'app',
  // What fails for longer than this is done in the next hour.
  queue: {
    expireInSeconds: 300,
    heartbeatSeconds: 30,
    retryLimit: 3,
    retryDelay: 60,
    retryBackoff: false,
    retryDelayMax: null,
  },
  schedule: { everySeconds: 3600 },
  run: async ({ app }) => {
    await purgeAttempts(app)
    await purgeSecretRates(app)
  },
}
