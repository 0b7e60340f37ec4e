import { runWork } from '../services/works/run-work.ts'
import { giveUp } from './give-up-work.ts'
import type { AboutJob } from './job.ts'

/** Does the long work that somebody asked for. */
export const doWork: AboutJob = {
  kind: 'about',
  name: 'do-work',
  login: 'app',
  queue: {
    expireInSeconds: 6 * 3600,
    heartbeatSeconds: 30,
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: null,
  },
  deadLetter: giveUp,
  run: ({ app, id, signal }) => runWork(app, id, signal),
}
