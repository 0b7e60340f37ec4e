import { deleteAbandonedPieces } from '../services/uploads/pieces.ts'
import type { PeriodicJob } from './job.ts'

/** Deletes what is left of uploads that broke off with the process that took them in. */
export const sweepUploads: PeriodicJob = {
  kind: 'periodic',
  name: 'sweep-uploads',
  login: 'app',
  // What fails for longer than this is done in the next period.
  queue: {
    expireInSeconds: 300,
    heartbeatSeconds: 30,
    retryLimit: 3,
    retryDelay: 60,
    retryBackoff: false,
    retryDelayMax: null,
  },
  schedule: { everySeconds: 900 },
  run: async ({ app }) => {
    await deleteAbandonedPieces(app)
  },
}
