import { openDatabase } from '@chartward/db'
import { findInstallation } from '../../core/installation.ts'
import type { Databases } from '../database.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Refuses a production installation before anything in it is changed: what is being developed has no business
 * with patients.
 */
export const requireDemo = async ({ app }: Pick<Databases, 'app'>): Promise<void> => {
  const db = openDatabase({ url: app, connections: 1, name: 'chartward-dev' })
  try {
    const [row] = await db.sql<{ installed: boolean }[]>`
      select to_regclass('installation') is not null as installed`
    const installation = row?.installed === true ? await findInstallation(db) : null
    if (installation !== null && installation.mode !== 'demo') {
      throw new UsageError(
        'This is a production installation: development runs on a demo. Name another folder with --data.',
      )
    }
  } finally {
    await db.close()
  }
}
