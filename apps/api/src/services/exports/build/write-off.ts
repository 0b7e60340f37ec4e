import { schema, withTransaction } from '@chartward/db'
import { and, eq, inArray } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import type { BuildRefused } from './failure.ts'
import { BUILDER } from './scope.ts'

const { exportRequests } = schema

/** Marks a request as failed, with its audit entry. Does nothing where it has come to an end otherwise. */
export const writeOff = async (
  app: App,
  exportId: string,
  { failure, facts }: BuildRefused,
): Promise<void> => {
  await withTransaction(app.db, 'none', async (tx) => {
    const unfinished = and(
      eq(exportRequests.id, exportId),
      inArray(exportRequests.status, ['approved', 'building']),
    )
    const failed = await app.vouching.change(tx, 'export-request', unfinished, { status: 'failed', failure })
    if (failed.length === 0) return
    await app.audit.append(tx, {
      action: 'export.build-failed',
      outcome: 'failure',
      actor: BUILDER,
      resource: { type: 'ExportRequest', id: exportId },
      change: { before: { status: 'building' }, after: { status: 'failed', failure, facts: { ...facts } } },
    })
  })
  app.log.warn({ exportId, failure }, 'a release could not be built')
}
