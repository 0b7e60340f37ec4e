import { schema, type Transaction } from '@chartward/db'
import { and, eq, sql } from 'drizzle-orm'
import type { AuditLog } from '../../../audit/audit-log.ts'
import type { Vouching } from '../../../vouch/vouching.ts'

const { exportRequests } = schema

/**
 * No backup holds the files of a release. One that could still be downloaded then has expired now, as the log
 * says too; whoever needs it asks for it again.
 */
export const expireReleases = async (
  tx: Transaction,
  { vouching, audit }: { readonly vouching: Vouching; readonly audit: AuditLog },
  operator: string,
  now: Date,
): Promise<number> => {
  const ready = await tx.orm
    .select({ id: exportRequests.id, expiresAt: exportRequests.expiresAt })
    .from(exportRequests)
    .where(
      and(
        eq(exportRequests.status, 'ready'),
        sql`not exists (select from audit_entries e where e.resource_id = ${exportRequests.id}::text
          and e.action = 'export.expired' and e.outcome = 'success')`,
      ),
    )
  for (const { id, expiresAt } of ready) {
    if (expiresAt !== null && expiresAt > now)
      await vouching.end(tx, 'export-request', eq(exportRequests.id, id), { expiresAt: now })
    await audit.append(tx, {
      action: 'export.expired',
      outcome: 'success',
      actor: { kind: 'system', name: operator },
      resource: { type: 'ExportRequest', id },
      change: { before: { expiresAt: expiresAt?.toISOString() ?? null }, after: null },
    })
  }
  return ready.length
}
