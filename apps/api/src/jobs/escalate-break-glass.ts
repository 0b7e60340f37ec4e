import { escalateBreakGlass } from '../services/break-glass/escalate.ts'
import { CLEAR_UP, type PeriodicJob } from './job.ts'

/** Tells more people of uses of break-glass that nobody reviews. What a use opens never waits for it. */
export const escalateBreakGlassUses: PeriodicJob = {
  kind: 'periodic',
  name: 'escalate-break-glass',
  login: 'app',
  queue: CLEAR_UP,
  schedule: { everySeconds: 900 },
  run: async ({ app }) => {
    await escalateBreakGlass(app)
  },
}
