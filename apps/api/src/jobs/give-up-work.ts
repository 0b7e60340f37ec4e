import { giveUpWork } from '../services/works/run-work.ts'
import { type AboutJob, PATIENT } from './job.ts'

/**
 * Writes off work whose every attempt was cut off or met an error, so that nobody waits for it for ever.
 */
export const giveUp: AboutJob = {
  kind: 'about',
  name: 'give-up-work',
  login: 'app',
  queue: { expireInSeconds: 60, heartbeatSeconds: null, retryLimit: 100, retryDelay: 30, ...PATIENT },
  deadLetter: null,
  run: ({ app, id }) => giveUpWork(app, id),
}
