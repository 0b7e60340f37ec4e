import { buildRelease } from '../services/exports/build/build-release.ts'
import { giveUpExport } from './give-up-export.ts'
import type { AboutJob } from './job.ts'

/** Builds the release of an approved export request. */
export const buildExport: AboutJob = {
  kind: 'about',
  name: 'build-export',
  login: 'app',
  queue: {
    expireInSeconds: 6 * 3600,
    heartbeatSeconds: 30,
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: null,
  },
  deadLetter: giveUpExport,
  run: ({ app, id, signal }) => buildRelease(app, id, signal),
}
