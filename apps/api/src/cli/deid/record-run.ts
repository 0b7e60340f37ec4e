import { existsSync } from 'node:fs'
import { newId } from '../../core/ids.ts'
import { type Environment, readEnvironment } from '../../env.ts'
import { keyFiles } from '../../keys/key-files.ts'
import { withDatabases } from '../database.ts'
import { openAppFor } from '../run-server.ts'

/** What of a run the log keeps: how many rows, by which method. */
interface Recorded {
  readonly manifest: {
    readonly source: { readonly rows: number }
    readonly released: { readonly rows: number; readonly suppressedRows: number }
    readonly method: string
  }
}

/** Whether this machine's settings name an installation: a database, or the embedded one's keys. */
const isBesideInstallation = ({ databaseUrl, keyFolder, kms }: Environment): boolean =>
  databaseUrl !== undefined || kms.current !== null || existsSync(keyFiles(keyFolder).kms)

/**
 * Runs `work` and, beside an installation, keeps in its audit log that it was begun, by whom, and what came
 * of it: what leaves the house leaves no trace otherwise. Where the log can't be written, nothing is run.
 * Without an installation there is no log to write to.
 */
export const recordRun = async <R extends Recorded>(
  { operator, data }: { readonly operator: string; readonly data?: string },
  work: () => Promise<R>,
): Promise<R> => {
  const environment = readEnvironment(data)
  if (!isBesideInstallation(environment)) return work()
  return withDatabases(environment, async (databases) => {
    const app = await openAppFor(environment, databases, keyFiles(environment.keyFolder), 'http://localhost')
    const run = {
      actor: { kind: 'service', name: 'deid' },
      resource: { type: 'DeidRun', id: newId() },
      facts: { operator },
    } as const
    try {
      await app.audit.commit({ ...run, action: 'deid.started', outcome: 'success' })
      try {
        const result = await work()
        const { source, released, method } = result.manifest
        await app.audit.commit({
          ...run,
          action: 'deid.finished',
          outcome: 'success',
          count: released.rows,
          facts: { operator, rows: source.rows, suppressed: released.suppressedRows, method },
        })
        return result
      } catch (error) {
        const broken = { outcome: 'failure', reason: 'nothing was released' } as const
        await app.audit.commit({ ...run, action: 'deid.finished', ...broken }).catch(() => undefined)
        throw error
      }
    } finally {
      await app.close()
    }
  })
}
