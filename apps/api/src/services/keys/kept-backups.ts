import type { App } from '../../app.ts'
import { requireBackupRows, retainedBackups } from '../backups/retained.ts'

/**
 * A key stays at least so long after it was retired, whatever backups there are: a process that stood still
 * meanwhile has looked which keys there are by then, and what it wrote is seen. The database holds to it too.
 */
const AT_LEAST_MS = 24 * 60 * 60_000

/**
 * Until when a key must have been retired that no backup needs which is kept: before each of them was begun.
 * Rejects INTEGRITY where the rows of backups are not those that the log tells of: then nothing is destroyed
 * by them.
 */
export const freeIfRetiredBy = async (app: App): Promise<Date> => {
  await requireBackupRows(app)
  const now = app.clock()
  const kept = await retainedBackups(app.db, now)
  return new Date(Math.min(now.getTime() - AT_LEAST_MS, ...kept.map(({ startedAt }) => startedAt.getTime())))
}
