import { purgeAttempts } from '../services/auth/attempts.ts'
import { purgeChallenges } from '../services/auth/passkeys/challenges.ts'
import { purgeSecretRates } from '../services/auth/secret-rate.ts'
import { CLEAR_UP, type PeriodicJob } from './job.ts'

/** Deletes the counters of attempts, and the challenges, that nobody goes on with. */
export const purgeCounters: PeriodicJob = {
  kind: 'periodic',
  name: 'purge-counters',
  login: 'app',
  queue: CLEAR_UP,
  schedule: { everySeconds: 3600 },
  run: async ({ app }) => {
    await purgeAttempts(app)
    await purgeSecretRates(app)
    await purgeChallenges(app)
  },
}
