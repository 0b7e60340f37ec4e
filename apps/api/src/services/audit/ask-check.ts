import type { StartedWork } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { startWork } from '../works/start-work.ts'
import { checkLogWork } from './check-log-work.ts'

/**
 * Asks for a check of the whole log. One is done at a time: whoever asks while one is under way is given that
 * one.
 */
export const askCheck = ({
  ctx: { app, user, entry },
}: {
  readonly ctx: VerbContext<'audit.check-asked'>
}): Promise<StartedWork> =>
  withTransaction(app.db, 'none', async (tx) => {
    const started = await startWork(tx, app, checkLogWork, { askedBy: user.id })
    await entry.changed(tx, {
      change: null,
      patientId: null,
      records: null,
      resource: { type: 'Work', id: started.workId },
    })
    return started
  })
