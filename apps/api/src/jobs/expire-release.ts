import { deleteExpiredRelease } from '../services/exports/build/delete-expired.ts'
import { type AboutJob, PATIENT } from './job.ts'

/** Deletes a release's files once they can't be downloaded any more. */
export const expireRelease: AboutJob = {
  kind: 'about',
  name: 'expire-release',
  login: 'app',
  queue: { expireInSeconds: 300, heartbeatSeconds: null, retryLimit: 100, retryDelay: 60, ...PATIENT },
  deadLetter: null,
  run: ({ app, id }) => deleteExpiredRelease(app, id),
}
