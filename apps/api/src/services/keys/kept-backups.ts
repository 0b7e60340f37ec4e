import type { App } from '../../app.ts'
import { requireBackupRows, retainedBackups } from '../backups/retained.ts'

/**
 * A key stays at least so long after it was retired, whatever backups there are: a process that stood still
 * meanwhile has looked which keys there are by then, and what it wrote is seen.
 */
const AT_LEAST_MS = 24 * 60 * 60_000

/**
 * Says of a time whether a key that was retired then may still be needed: by a backup that was begun before,
 * and is kept. Rejects INTEGRITY where the rows of backups are not those that the log tells of: then nothing
 * is destroyed by them.
 */
export const keptSince = async (app: App): Promise<(retired: Date) => boolean> => {
  await requireBackupRows(app)
  const now = app.clock()
  const kept = await retainedBackups(app.db, now)
  return (retired) =>
    now.getTime() - retired.getTime() < AT_LEAST_MS || kept.some(({ startedAt }) => startedAt < retired)
}
