import { finishShreds } from '../services/shred/finish.ts'
import { CLEAR_UP, type PeriodicJob } from './job.ts'

/** Gives each destruction its line in the ledger and its certificate, until all have them. */
export const finishShredsJob: PeriodicJob = {
  kind: 'periodic',
  name: 'finish-shreds',
  login: 'app',
  queue: CLEAR_UP,
  schedule: { everySeconds: 60 },
  run: async ({ app, signal }) => {
    await finishShreds(app, signal)
  },
}
