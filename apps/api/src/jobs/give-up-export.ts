import { BuildRefused } from '../services/exports/build/failure.ts'
import { writeOff } from '../services/exports/build/write-off.ts'
import { type AboutJob, PATIENT } from './job.ts'

/**
 * Writes off an export whose every attempt was cut off or met an error, so that nobody waits for it for ever.
 */
export const giveUpExport: AboutJob = {
  kind: 'about',
  name: 'give-up-export',
  login: 'app',
  queue: { expireInSeconds: 60, heartbeatSeconds: null, retryLimit: 100, retryDelay: 30, ...PATIENT },
  deadLetter: null,
  run: ({ app, id }) => writeOff(app, id, new BuildRefused('gave-up')),
}
