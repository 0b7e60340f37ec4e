import { schema, withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import type { App } from '../../../app.ts'

/**
 * Deletes the files of a release that has expired, with an audit entry; its request, manifest and audit
 * entries stay. Rejects where it has not expired yet by the application's clock, so that it is tried again.
 */
export const deleteExpiredRelease = async (app: App, exportId: string): Promise<void> => {
  await withTransaction(app.db, 'none', async (tx) => {
    const [row] = await tx.orm
      .select({ expiresAt: schema.exportRequests.expiresAt })
      .from(schema.exportRequests)
      .where(eq(schema.exportRequests.id, exportId))
    if (row === undefined) return
    if (row.expiresAt === null || row.expiresAt > app.clock())
      throw new Error('the release has not expired yet')
    const { count } = await tx.sql`delete from release_chunks where export_id = ${exportId}`
    // Run again after it had done its work, there is nothing left to say.
    if (count === 0) return
    await app.audit.append(tx, {
      action: 'export.expired',
      outcome: 'success',
      actor: { kind: 'service', name: 'expire-release' },
      resource: { type: 'ExportRequest', id: exportId },
      change: {
        before: { pieces: count, expiresAt: row.expiresAt.toISOString() },
        after: null,
      },
    })
  })
}
