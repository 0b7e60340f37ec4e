import type { App } from '../../../app.ts'
import { runWork } from '../run-work.ts'

/** Does a work to its end, as a runner of jobs would. */
export const finishWork = (app: App, id: string): Promise<void> =>
  runWork(app, id, new AbortController().signal)
