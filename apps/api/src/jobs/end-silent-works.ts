import { endSilentWorks as endThem } from '../services/works/end-silent.ts'
import type { PeriodicJob } from './job.ts'

/** Ends what requests were doing when their process stopped. */
export const endSilentWorks: PeriodicJob = {
  kind: 'periodic',
  name: 'end-silent-works',
  login: 'app',
  queue: {
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    retryLimit: 1,
    retryDelay: 30,
    retryBackoff: false,
    retryDelayMax: null,
  },
  schedule: { everySeconds: 60 },
  run: ({ app }) => endThem(app),
}
