import type { App } from '../../../app.ts'
import { sendQueuedMail } from '../send.ts'

/** Sends what waits, as a runner of jobs would; what fails goes on waiting. */
export const post = async (app: App): Promise<void> => {
  const rows = await app.db.sql<{ id: string }[]>`select id from mails where state = 'waiting' order by id`
  for (const { id } of rows) await sendQueuedMail(app, id).catch(() => undefined)
}
