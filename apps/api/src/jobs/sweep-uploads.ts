import { deleteAbandonedPieces } from '../services/uploads/pieces.ts'
import { CLEAR_UP, type PeriodicJob } from './job.ts'

/** Deletes what is left of uploads that broke off with the process that took them in. */
export const sweepUploads: PeriodicJob = {
  kind: 'periodic',
  name: 'sweep-uploads',
  login: 'app',
  queue: CLEAR_UP,
  schedule: { everySeconds: 900 },
  run: async ({ app }) => {
    await deleteAbandonedPieces(app)
  },
}
